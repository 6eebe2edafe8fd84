using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Mpp.Hosting.Telemetry;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using Shouldly;

namespace Mpp.Unit.Hosting;

/// <summary>What a library repeats of a value that it cannot read is in no log.</summary>
public sealed class ExceptionTextTests
{
    private const string Nik = "7402422010840001";

    public static TheoryData<string> Faults() => [.. Thrown.Keys];

    private static readonly Dictionary<string, Action> Thrown = new(StringComparer.Ordinal)
    {
        ["of a parser"] = () => _ = Enum.Parse<DayOfWeek>($"x{Nik}"),
        ["of a conversion"] = () => _ = Convert.ToDateTime(Nik, CultureInfo.InvariantCulture),
        ["of a dictionary"] = () => _ = new Dictionary<string, int>(StringComparer.Ordinal)[Nik],
        ["of a parser of JSON"] = () => _ = Newtonsoft.Json.Linq.JToken.Parse($"[{Nik}{Nik}{Nik}x]"),
        ["inside another"] = () => throw new AggregateException(Caught(() => _ = Enum.Parse<DayOfWeek>($"x{Nik}"))),
        ["of the database"] = () => throw new PostgresException(
            $"value \"{Nik}\" is out of range for type bigint", "ERROR", "ERROR", "22003"),
        ["of a request"] = () => throw new Microsoft.AspNetCore.Http.BadHttpRequestException(
            $"Failed to bind parameter \"int limit\" from \"{Nik}\"."),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_value_is_not_repeated(string what)
    {
        var fault = Caught(Thrown[what]);
        fault.ToString().ShouldContain(Nik, customMessage: "the library does repeat it");
        ExceptionText.Of(fault).ShouldNotContain(Nik);
        ExceptionText.Of(fault).ShouldContain(fault.GetType().FullName!);
        ExceptionText.Of(fault).ShouldContain(nameof(ExceptionTextTests), customMessage: "the place is told");
        ExceptionText.Reason(fault).ShouldNotContain(Nik);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Nor_is_it_exported(string what)
    {
        var exported = new Exported();
        using var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options => options
            .AddProcessor(new HarmlessExceptions()).AddProcessor(exported)));
#pragma warning disable CA1848 // one line, once
        loggers.CreateLogger("test").LogError(Caught(Thrown[what]), "It failed.");
#pragma warning restore CA1848

        exported.Text.ShouldContain("exception.stacktrace");
        exported.Text.ShouldContain("It failed.");
        exported.Text.ShouldNotContain(Nik);
    }

    [Fact]
    public void What_is_known_to_hold_no_value_stays()
    {
        ExceptionText.Reason(new SocketException((int)SocketError.ConnectionRefused)).ShouldContain("refused");
        ExceptionText.Reason(new HttpRequestException("no connection")).ShouldContain("no connection");
        ExceptionText.Reason(Caught(() => throw new InvalidOperationException("ours"))).ShouldContain("ours");
        ExceptionText.Reason(new PostgresException("", "ERROR", "ERROR", "23505", constraintName: "pk_inbox"))
            .ShouldContain("23505", customMessage: "the code says what happened");
    }

    private static Exception Caught(Action throws)
    {
        try
        {
            throws();
        }
        catch (Exception fault)
        {
            return fault;
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }

    private sealed class Exported : BaseProcessor<LogRecord>
    {
        public string Text { get; private set; } = "";

        public override void OnEnd(LogRecord data) => Text = JsonSerializer.Serialize(new
        {
            data.Body,
            data.FormattedMessage,
            Exception = data.Exception?.ToString(),
            Attributes = data.Attributes?.Select(a => $"{a.Key}={a.Value}"),
        });
    }
}
