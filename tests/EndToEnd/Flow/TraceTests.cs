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
    private const string Region = "74.02";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_trace_leads_from_the_gateway_through_outbox_and_broker_to_the_last_agency_and_back()
    {
        var (number, traceId) = await CompleteAsync(jobSeeker: 10);

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
    public async Task Every_entry_of_the_timeline_leads_to_the_span_that_caused_it()
    {
        var (number, traceId) = await CompleteAsync(jobSeeker: 12);

        var traces = (await mall.TimelineAsync(number)).Select(entry => entry.GetProperty("trace")).ToList();

        traces.Where(trace => trace.TryGetProperty("url", out _)).ShouldBeEmpty("the portal is no operator");
        traces[0].GetProperty("traceId").GetString().ShouldBe(traceId);
        foreach (var trace in traces)
        {
            ReceivedSpan? span = null;
            await Wait.UntilAsync(
                () => (span = mall.Traces.Trace(trace.GetProperty("traceId").GetString()!)
                    .FirstOrDefault(s => s.SpanId == trace.GetProperty("spanId").GetString())) is not null,
                TimeSpan.FromSeconds(30), () => $"there is no span {trace}");
            span!.Service.ShouldBe("applications");
            span.Attributes[TelemetryTags.ApplicationNumber].ShouldBe(number);
            span.Attributes[TelemetryTags.Region].ShouldBe(Region);
        }
    }

    [Fact]
    public async Task The_work_on_an_application_is_told_from_those_who_read_it()
    {
        var (number, traceId) = await CompleteAsync(jobSeeker: 13);
        await AnswerOfTheLastAgencyAsync(traceId);

        // The poll for the end read it many times.
        await Wait.UntilAsync(() => mall.Traces.Spans.Any(IsRead), TimeSpan.FromSeconds(30), "nobody has read it");
        mall.Traces.Spans.Where(IsRead).ShouldAllBe(
            span => !span.Attributes.ContainsKey(TelemetryTags.ApplicationNumber));
        // The queries of the work are found too, though none of them knows the number.
        mall.Traces.Trace(traceId).Where(span => span.Attributes.ContainsKey("db.system.name")
                && span.Attributes.GetValueOrDefault(TelemetryTags.ApplicationNumber) == number)
            .Select(span => span.Service).Distinct()
            .ShouldBe(["applications", "payments", "police", "bpjs", "civil-registry"], ignoreOrder: true);
        mall.Traces.Trace(traceId).Where(span => span is { Service: "gateway", Kind: ReceivedSpanKind.Server })
            .ShouldAllBe(span => span.Attributes[TelemetryTags.ApplicationNumber] == number);

        bool IsRead(ReceivedSpan span) => span.Attributes.GetValueOrDefault(TelemetryTags.ApplicationRead) == number;
    }

    /// <summary>Of everything that the mall has exported so far, whatever other tests did with it.</summary>
    [Fact]
    public async Task Traces_metrics_and_logs_name_no_citizen()
    {
        var (metrics, logs) = (mall.Traces.Taken("metrics"), mall.Traces.Taken("logs"));
        var (_, traceId) = await CompleteAsync(jobSeeker: 11);
        await AnswerOfTheLastAgencyAsync(traceId);
        await Wait.UntilAsync(
            () => mall.Traces.Taken("metrics") >= metrics + Mall.ServiceNames.Count()
                && mall.Traces.Taken("logs") > logs,
            TimeSpan.FromSeconds(30), "no metrics or logs came");

        mall.Traces.Leaks.ShouldBeEmpty();
    }

    /// <summary>Files an application of one of the job seekers, and waits for its end.</summary>
    private async Task<(string Number, string TraceId)> CompleteAsync(int jobSeeker)
    {
        var person = Population.JobSeekers(mall.People).Skip(jobSeeker).First();
        var (accepted, traceId) = await mall.SubmitAsync(SandboxApplications.JobSeeker(person), Limit);
        var number = accepted.GetProperty("number").GetString()!;
        await mall.AwaitEndAsync(number, Limit);
        return (number, traceId);
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
