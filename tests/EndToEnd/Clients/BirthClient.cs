// Compiled by NSwagTests together with the client that NSwag has made; no part of the test project itself.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Generated;

/// <summary>Files a birth and follows it to its end, as an integrator would who has just made the client.</summary>
public static class BirthClient
{
    public static async Task<(string Status, string[] Documents)> FollowAsync(
        HttpClient http, string client, string secret, string application)
    {
        var mpp = new MppClient(http);
        var token = await mpp.RequestTokenAsync(new TokenRequest
        {
            Grant_type = TokenRequestGrant_type.Client_credentials,
            Client_id = client,
            Client_secret = secret,
        });
        if (token.Expires_in <= 0)
        {
            throw new InvalidOperationException("The token is over.");
        }

        http.DefaultRequestHeaders.Authorization = new("Bearer", token.Access_token);
#if NEWTONSOFT
        var birth = Newtonsoft.Json.JsonConvert.DeserializeObject<SubmitRequest>(application)!;
#else
        var birth = System.Text.Json.JsonSerializer.Deserialize<SubmitRequest>(application)!;
#endif
        birth.Region = "00.00";
        try
        {
            await mpp.SubmitApplicationAsync(null, null, birth);
            throw new InvalidOperationException("A region that is none was taken.");
        }
        catch (ApiException<Problem> refused)
            when (refused.Result.Type is ProblemType.UrnMppProblemUnknownRegion
                && refused.Result.Errors!.Single().Code is ErrorCode.UnknownRegion)
        {
        }

        birth.Region = "74.02";
        var filed = await mpp.SubmitApplicationAsync("en", Guid.NewGuid().ToString(), birth);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        ApplicationResource now;
        do
        {
            await Task.Delay(200, limit.Token);
            now = await mpp.GetApplicationAsync(filed.Number, null, null, limit.Token);
        }
        while (now.EndedAt is null);

        var timeline = await mpp.GetTimelineAsync(filed.Number, 0, 500, "id", limit.Token);
        if (timeline.Items.Last().Kind is not TimelineKind.ApplicationEnded)
        {
            throw new InvalidOperationException("The timeline has no end.");
        }

        return (now.Status.ToString().ToLowerInvariant(), now.Steps.SelectMany(s => s.Documents)
            .Where(d => d.ValidUntil is null || d.ValidUntil > d.ValidFrom).Select(d => d.Kind).ToArray());
    }
}
