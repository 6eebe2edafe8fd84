using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Local;
using Mpp.Sandbox;
using Mpp.Support;
using Mpp.Support.Contract;
using Mpp.Support.Telemetry;
using Npgsql;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Mpp.EndToEnd;

/// <summary>
/// One mall for all tests that take it as it is or hurt it: real processes behind the gateway, traces sent to the test.
/// </summary>
[CollectionDefinition(Name)]
public sealed class MallCollection : ICollectionFixture<MallFixture>
{
    public const string Name = "mall";
}

/// <summary>The mall and an integrator's view of it.</summary>
public sealed class MallFixture : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan ActLimit = TimeSpan.FromSeconds(60);

    private HttpClient? _http;
    private HttpClient? _bank;

    public Mall Mall { get; private set; } = null!;

    public OtlpReceiver Traces { get; private set; } = null!;

    /// <summary>The gateway for clients outside this process.</summary>
    public ContractProxy Gateway { get; private set; } = null!;

    public IReadOnlyList<Person> People { get; } = Population.Generate();

    public async Task InitializeAsync()
    {
        await TestMachine.TakeAsync();
        Traces = await OtlpReceiver.StartAsync(
            People.SelectMany(person => (string[])[person.Nik.Value, person.Name, person.FamilyCardNumber]));
        Mall = await Mall.StartAsync(MallOptions.ForTests() with
        {
            Environment = Traces.Environment,
            Watch = handler => new ContractHandler(handler),
        });
        Gateway = await ContractProxy.StartAsync(Mall.GatewayAddress);
        _http = Mall.Client();
        _http.Timeout = TimeSpan.FromSeconds(10);
    }

    public async Task DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        if (Mall is not null)
        {
            KeepLogs();
            await Mall.DisposeAsync();
        }
        if (Traces is not null)
        {
            await Traces.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _http?.Dispose();
        _bank?.Dispose();
    }

    /// <summary>
    /// Files an application as a careful client does: again with the same key until there is an answer. The application
    /// and its trace id.
    /// </summary>
    public async Task<(JsonElement Application, string TraceId)> SubmitAsync(JsonObject application, TimeSpan patience)
    {
        var key = Guid.NewGuid().ToString();
        var body = application.ToJsonString();
        JsonElement accepted = default;
        var traceId = "";
        var last = "nothing was answered";
        await Wait.UntilAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/applications")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json")
            };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await SendAsync(request);
            if (answer is null)
            {
                return false;
            }
            last = $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            if (answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout)
            {
                return false;
            }
            if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
            {
                throw new InvalidOperationException($"Not accepted: {last}");
            }
            accepted = await answer.Content.ReadFromJsonAsync<JsonElement>();
            traceId = answer.Headers.GetValues("Trace-Id").First();
            return true;
        }, patience, () => last);
        return (accepted, traceId);
    }

    /// <summary>Waits for the end of an application, and pays what is asked for on the way.</summary>
    public async Task<JsonElement> AwaitEndAsync(string number, TimeSpan limit)
    {
        JsonElement application = default;
        await Wait.UntilAsync(
            async () =>
            {
                if (await TryGetAsync($"/v1/applications/{number}") is not { } found)
                {
                    return false;
                }
                application = found;
                if (BillOf(application) is { } bill)
                {
                    await TryPayAsync(bill);
                }
                return IsEnded(application);
            },
            limit,
            () => $"{number} is {application}");
        return application;
    }

    /// <summary>The code to pay with; <see langword="null"/> when nothing is due.</summary>
    public static string? BillOf(JsonElement application) => application.GetProperty("steps").EnumerateArray()
        .Where(step => step.GetProperty("status").GetString() == "awaiting-payment"
            && step.TryGetProperty("fee", out var fee) && fee.ValueKind is JsonValueKind.Object
            && fee.TryGetProperty("billingCode", out var code) && code.ValueKind is JsonValueKind.String)
        .Select(step => step.GetProperty("fee").GetProperty("billingCode").GetString()).FirstOrDefault();

    /// <summary>The bank of the sandbox.</summary>
    public async Task<SandboxBank> BankAsync() =>
        new(_bank ??= await Mall.ClientAsync(SandboxBank.Client), TimeProvider.System);

    // As a bank does: what fails is tried again at the next look, and what was paid already is refused.
    private async Task TryPayAsync(string bill)
    {
        try
        {
            await (await BankAsync()).PayAsync(bill);
        }
        catch (Exception e) when (e is LocalException or HttpRequestException or TaskCanceledException)
        {
        }
    }

    /// <summary>All entries of a timeline, however many pages they fill.</summary>
    public async Task<IReadOnlyList<JsonElement>> TimelineAsync(string number)
    {
        var entries = new List<JsonElement>();
        while (true)
        {
            var after = entries.Count == 0 ? 0 : entries[^1].GetProperty("sequence").GetInt64();
            var page = await GetAsync($"/v1/applications/{number}/timeline?after={after}&limit=100");
            var items = page.GetProperty("items").EnumerateArray().ToList();
            entries.AddRange(items);
            if (items.Count < 100)
            {
                return entries;
            }
        }
    }

    /// <summary>Acts on an application as the portal; the answer.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        var (status, answer) = await TryPostAsync(path, body);
        return status is HttpStatusCode.OK ? answer : throw new InvalidOperationException($"{status} {answer}");
    }

    /// <summary>Acts on an application as the portal; the status and what came with it.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> TryPostAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        using var answer = await SendAsync(request)
            ?? throw new InvalidOperationException($"No answer to POST {path}.");
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Reads; anything but success is an exception.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await SendAsync(request) ?? throw new InvalidOperationException($"No answer to GET {path}.");
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Reads; <see langword="null"/> while something behind is away.</summary>
    public async Task<JsonElement?> TryGetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await SendAsync(request);
        return answer is { IsSuccessStatusCode: true } ? await answer.Content.ReadFromJsonAsync<JsonElement>() : null;
    }

    /// <summary>Files an application; its number.</summary>
    public async Task<string> FileAsync(JsonObject application) =>
        (await SubmitAsync(application, ActLimit)).Application.GetProperty("number").GetString()!;

    /// <summary>Waits until a step has a status.</summary>
    public async Task<JsonElement> AwaitStepAsync(string number, string step, string status)
    {
        JsonElement application = default;
        await Wait.UntilAsync(
            async () => await TryGetAsync($"/v1/applications/{number}") is { } found
                && Step(application = found, step).GetProperty("status").GetString() == status,
            ActLimit, () => $"{step} is not {status}: {application}");
        return application;
    }

    /// <summary>The day in Konawe, by the mall's clock.</summary>
    internal async Task<DateOnly> TodayAsync() =>
        DateOnly.FromDateTime((await Mall.NowAsync()).UtcDateTime.AddHours(8));

    /// <summary>A step of an application.</summary>
    public static JsonElement Step(JsonElement application, string id) =>
        application.GetProperty("steps").EnumerateArray().First(step => step.GetProperty("id").GetString() == id);

    /// <summary>The status of a step.</summary>
    public static string? StatusOf(JsonElement application, string step) =>
        Step(application, step).GetProperty("status").GetString();

    /// <summary>The only value of a query.</summary>
    public async Task<T> ScalarAsync<T>(string database, string sql, params object[] arguments)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Mall.Servers.AdministratorConnectionString(database))
            {
                Pooling = false
            }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(arguments.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static bool IsEnded(JsonElement application) =>
        application.TryGetProperty("endedAt", out var endedAt) && endedAt.ValueKind == JsonValueKind.String;

    // The data folder goes with the mall; what its processes said is wanted when a test has failed.
    private void KeepLogs()
    {
        var kept = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "mall-logs"));
        foreach (var log in Directory.EnumerateFiles(Path.Combine(Mall.Servers.DataPath, "logs")))
        {
            File.Copy(log, Path.Combine(kept.FullName, Path.GetFileName(log)), overwrite: true);
        }
    }

    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request)
    {
        try
        {
            request.Headers.Authorization = new("Bearer", await Mall.TokenAsync());
            return await _http!.SendAsync(request);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
