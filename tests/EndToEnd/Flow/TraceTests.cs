using Mpp.Contracts;
using Mpp.Local;
using Mpp.Sandbox;
using Mpp.Support;
using Mpp.Support.Telemetry;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Flow;

/// <summary>What an operator sees of one application.</summary>
[Collection(MallCollection.Name)]
public sealed class TraceTests(MallFixture mall)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_trace_leads_from_the_gateway_through_outbox_and_broker_to_the_last_agency_and_back()
    {
        var person = Population.JobSeekers(mall.People).Skip(10).First();
        var (accepted, traceId) = await mall.SubmitAsync(SandboxApplications.JobSeeker(person), Limit);
        var number = accepted.GetProperty("number").GetString()!;
        await mall.AwaitEndAsync(number, Limit);

        var back = await AnswerOfTheLastAgencyAsync(traceId);
        var way = WayToTheRoot(traceId, back);

        // Read from the end: the coordinator took the bill for the fee that the police asked for when the coordinator
        // asked for a certificate …
        way[^1].Service.ShouldBe("gateway");
        way[^1].Kind.ShouldBe(ReceivedSpanKind.Server);
        var services = way.Select(span => span.Service).ToList();
        Changes(services).ShouldBe(
            ["applications", "payments", "applications", "police", "applications", "bpjs", "applications",
                "civil-registry", "applications", "gateway"],
            string.Join('\n', way.Select(span => span.ToString())));
        way.Count(span => span.Kind == ReceivedSpanKind.Consumer).ShouldBeGreaterThanOrEqualTo(6);

        // Every span that works for the application can be found by its number.
        var consumers = mall.Traces.Trace(traceId).Where(
            span => span.Kind == ReceivedSpanKind.Consumer && span.Attributes.ContainsKey(TelemetryTags.Step)).ToList();
        consumers.ShouldNotBeEmpty();
        consumers.Select(span => span.Service)
            .Distinct().ShouldBe(["applications", "payments", "police", "bpjs", "civil-registry"], ignoreOrder: true);
        consumers.Where(span => span.Attributes.GetValueOrDefault(TelemetryTags.ApplicationNumber) != number)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Traces_name_no_citizen()
    {
        var person = Population.JobSeekers(mall.People).Skip(11).First();
        var (accepted, traceId) = await mall.SubmitAsync(SandboxApplications.JobSeeker(person), Limit);
        await mall.AwaitEndAsync(accepted.GetProperty("number").GetString()!, Limit);
        await AnswerOfTheLastAgencyAsync(traceId);

        var texts = mall.Traces.Trace(traceId).SelectMany(span => span.Attributes.Values.Append(span.Name)).ToList();

        texts.ShouldNotBeEmpty();
        texts.ShouldAllBe(text => !text.Contains(person.Nik.Value)
            && !text.Contains(person.Name) && !text.Contains(person.FamilyCardNumber));
    }

    /// <summary>
    /// The coordinator's span that takes the bill for the fee of the step <c>skck</c>, once it and all above it have
    /// come in.
    /// </summary>
    private async Task<ReceivedSpan> AnswerOfTheLastAgencyAsync(string traceId)
    {
        ReceivedSpan? found = null;
        await Wait.UntilAsync(
            () =>
            {
                var trace = mall.Traces.Trace(traceId);
                found = trace.LastOrDefault(span => span is { Service: "applications", Kind: ReceivedSpanKind.Consumer }
                    && WayToTheRoot(traceId, span) is var way
                    && way[^1].ParentSpanId.Length == 0 && way.Any(above => above.Service == "payments"));
                return found is not null;
            },
            TimeSpan.FromSeconds(30),
            () => string.Join(
                '\n', mall.Traces.Trace(traceId).Select(span => span.ToString()).Prepend("the spans are")));
        return found!;
    }

    private List<ReceivedSpan> WayToTheRoot(string traceId, ReceivedSpan from)
    {
        var spans = mall.Traces.Trace(traceId)
            .DistinctBy(span => span.SpanId).ToDictionary(span => span.SpanId, StringComparer.Ordinal);
        var way = new List<ReceivedSpan> { from };
        while (spans.TryGetValue(way[^1].ParentSpanId, out var parent))
        {
            way.Add(parent);
        }
        return way;
    }

    private static List<string> Changes(List<string> services) =>
        [.. services.Where((service, index) => index == 0 || services[index - 1] != service)];
}
