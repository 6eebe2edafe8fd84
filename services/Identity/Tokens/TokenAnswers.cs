using Mpp.Identity.Clients;
using Mpp.Identity.Data;
using Mpp.Identity.Records;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Mpp.Identity.Tokens;

/// <summary>Writes down every answer of the token endpoint: that it was given, never what is in it.</summary>
internal sealed class TokenAnswers(SignInRecord record, IOptions<ClientsOptions> clients)
    : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public async ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        // Whoever signs badly is not known (RFC 7521 §4.2.1), whatever is wrong with the signed text.
        if (context.Request?.ClientAssertion is not null && context.Response.Error is Errors.InvalidToken)
        {
            context.Response.Error = Errors.InvalidClient;
        }

        // A name that is none of ours may be anything.
        var client = context.Request?.ClientId is { } id && clients.Value.Clients.ContainsKey(id) ? id : null;
        await record.WriteAsync(
            context.Response.Error is null ? SignInEventKind.TokenIssued : SignInEventKind.TokenRefused,
            context.CancellationToken, client: client, error: context.Response.Error);
    }
}
