using Mpp.Applications.Flow;
using Mpp.Applications.Reading;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Unit.Applications.Flow;
using Shouldly;

namespace Mpp.Unit.Applications.Reading;

/// <summary>Every state that a citizen can see is said in both languages, with who acts next and until when.</summary>
public sealed class TextsTests
{
    private static readonly RegionCode Konawe = RegionCode.Parse("74.02");
    private static readonly LocalizedText Agency = new("Kepolisian", "The police");
    private static readonly DateTimeOffset Moment = new(2026, 11, 27, 16, 0, 0, TimeSpan.Zero);

    public static TheoryData<ApplicationStatus> Applications => [.. Enum.GetValues<ApplicationStatus>()];

    public static TheoryData<StepStatus> Steps => [.. Enum.GetValues<StepStatus>()];

    public static TheoryData<string> Kinds => [.. FlowJson.AllKinds];

    [Theory]
    [MemberData(nameof(Applications))]
    public void An_application_says_how_it_stands(ApplicationStatus status)
    {
        var state = new Birth().State with { Status = status };
        Said(Texts.Of(state));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_says_how_it_stands(StepStatus status)
    {
        var step = new StepState("s") { Since = Moment, Status = status };
        Said(Texts.Of(step, Agency, Konawe));
        Said(Texts.Of(step with { Kept = true, Issued = true, Skipped = SkipReason.Operator, Lapse = LapseReason.Payment }, Agency, Konawe));
    }

    [Theory]
    [InlineData(StepStatus.Requested)]
    [InlineData(StepStatus.InProgress)]
    [InlineData(StepStatus.AwaitingCorrection)]
    [InlineData(StepStatus.AwaitingPayment)]
    public void Who_must_act_is_told_until_when_in_the_regions_time(StepStatus status)
    {
        var step = new StepState("s") { Since = Moment, Status = status, DueAt = Moment, WaitsUntil = Moment, Fee = new Fee(30_000, "PNBP", Moment) };
        var text = Texts.Of(step, Agency, Konawe);
        // The last day ends at midnight in Konawe, eight hours ahead of UTC.
        text.Id.ShouldContain("27 November 2026 pukul 23.59 WITA");
        text.En.ShouldContain("27 November 2026, 23:59 WITA");
        NextActor.Of(step, "police", "The police", "en")!.Until.ShouldBe(Moment);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_line_of_the_timeline_says_what_happened(string kind) => Said(Texts.Of(kind));

    private static void Said(LocalizedText text)
    {
        text.Id.ShouldEndWith(".");
        text.En.ShouldEndWith(".");
        text.Id.ShouldNotBe(text.En);
    }
}
