using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mpp.Contracts.Steps;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>What operators measure: counted with the commit that it belongs to, and once.</summary>
[Collection(CoordinatorTests.Name)]
public sealed class FlowMetersTests(CoordinatorFixture fixture) : IDisposable
{
    private readonly Measurements _measured = new("Mpp.Applications");

    private HttpClient Client => fixture.Client;

    private StubAgencies Agencies => fixture.Agencies;

    public void Dispose() => _measured.Dispose();

    [Fact]
    public async Task Applications_and_the_outcomes_of_their_steps_are_counted_once()
    {
        var number = await Client.SubmitAsync(Submissions.Test("two-branches"));
        await Agencies.RefuseAsync(number, "left");
        await Agencies.CompleteAsync(number, "right");
        await Client.UntilAsync(number, "completed-in-part");

        await _measured.ShouldBeAsync("mpp.applications.submitted", 1, ("package", "two-branches"));
        await _measured.ShouldBeAsync(
            "mpp.applications.ended", 1, ("package", "two-branches"), ("status", "completed-in-part"));
        var (left, right) = ((await Agencies.AskedAsync(number, "left")).Service,
            (await Agencies.AskedAsync(number, "right")).Service);
        await _measured.ShouldBeAsync(
            "mpp.steps.refusals", 1, ("service", left), ("requirement", StubCatalogue.RequirementOf(left)));
        await _measured.ShouldHaveAsync("mpp.steps.duration", ("service", left), ("outcome", "refused"));
        await _measured.ShouldHaveAsync("mpp.steps.duration", ("service", right), ("outcome", "completed"));
    }

    [Fact]
    public async Task What_is_left_of_an_agencys_time_is_recorded_with_its_answer()
    {
        var number = await Client.SubmitAsync(Submissions.Test("timed"));
        var asked = await Agencies.AskedAsync(number, "agreed");

        await Agencies.RefuseAsync(number, "agreed");

        await _measured.ShouldHaveAsync("mpp.steps.deadline.left", ("service", asked.Service));
    }

    [Fact]
    public async Task What_applicants_must_mend_is_counted_by_requirement()
    {
        var number = await Client.SubmitAsync(Submissions.Test("mendable"));
        var asked = await Agencies.AskedAsync(number, "checked");
        await Agencies.ReplyAsync(new CorrectionRequested
        {
            Step = asked.Step,
            Items = [new("photo", new("Foto tidak jelas.", "The photo is not clear."), "/text")],
        });
        await Client.UntilAsync(number, "awaiting-applicant");

        await _measured.ShouldBeAsync(
            "mpp.steps.corrections", 1, ("service", asked.Service), ("requirement", "photo"));
    }

    /// <summary>What the instruments of a meter have recorded since this was made.</summary>
    private sealed class Measurements : IDisposable
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

        private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _all = new();
        private readonly MeterListener _listener = new();

        public Measurements(string meter)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == meter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public async Task ShouldBeAsync(string name, double sum, params (string, string)[] tags)
        {
            await Wait.UntilAsync(() => Sum() >= sum, Limit, () => Describe(name));
            Sum().ShouldBe(sum, Describe(name));

            double Sum() => Of(name, tags).Sum(m => m.Value);
        }

        public Task ShouldHaveAsync(string name, params (string, string)[] tags) =>
            Wait.UntilAsync(() => Of(name, tags).Any(m => m.Value >= 0), Limit, () => Describe(name));

        public void Dispose() => _listener.Dispose();

        private void Add(
            Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _all.Enqueue((instrument.Name, value, new(tags.ToArray(), StringComparer.Ordinal)));

        private IEnumerable<(string Name, double Value, Dictionary<string, object?> Tags)> Of(
            string name, (string Key, string Value)[] tags) => _all.Where(m => m.Name == name
                && tags.All(tag => m.Tags.GetValueOrDefault(tag.Key) as string == tag.Value));

        private string Describe(string name) => $"{name}: " + string.Join("; ", _all.Where(m => m.Name == name)
            .Select(m => $"{m.Value} {string.Join(',', m.Tags.Select(t => $"{t.Key}={t.Value}"))}"));
    }
}
