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
        Said(Texts.Of(state, canRefile: true));
        Said(Texts.Of(state, canRefile: false));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_says_how_it_stands(StepStatus status)
    {
        var step = new StepState("s") { Since = Moment, Status = status };
        Said(Texts.Of(step, Agency, Konawe, canRefile: true));
        Said(Texts.Of(step, Agency, Konawe, canRefile: false));
        Said(Texts.Of(
            step with { Kept = true, Issued = true, Skipped = SkipReason.Operator, Lapse = LapseReason.Payment },
            Agency, Konawe, canRefile: false));
    }

    [Theory]
    [InlineData(StepStatus.Requested)]
    [InlineData(StepStatus.InProgress)]
    [InlineData(StepStatus.AwaitingCorrection)]
    [InlineData(StepStatus.AwaitingPayment)]
    public void Who_must_act_is_told_until_when_in_the_regions_time(StepStatus status)
    {
        var step = new StepState("s")
        {
            Since = Moment,
            Status = status,
            DueAt = Moment,
            WaitsUntil = Moment,
            Fees = [new Fee(30_000, "PNBP", Moment)]
        };
        var text = Texts.Of(step, Agency, Konawe, canRefile: false);
        // The last day ends at midnight in Konawe, eight hours ahead of UTC.
        text.Id.ShouldContain("27 November 2026 pukul 23.59 WITA");
        text.En.ShouldContain("27 November 2026, 23:59 WITA");
        NextActor.Of(step, "police", "The police", "en")!.Until.ShouldBe(Moment);
    }

    [Theory]
    [InlineData(StepStatus.Requested)]
    [InlineData(StepStatus.InProgress)]
    public void An_agency_that_is_late_is_said_to_be_and_an_operator_acts(StepStatus status)
    {
        var step = new StepState("s") { Since = Moment, Status = status, DueAt = Moment, Overdue = true };
        Texts.Of(step, Agency, Konawe, canRefile: false).En
            .ShouldBe("Past its time at The police; the mall's operator is told and sees to it.");
        NextActor.Of(step, "police", "The police", "en")!.Party.ShouldBe(Party.Operator);
    }

    [Fact]
    public void An_application_that_waits_for_the_applicant_says_until_when_and_whether_anything_else_goes_on()
    {
        var state = new Birth().State;
        StepState paying = new("a")
        {
            Since = Moment,
            Status = StepStatus.AwaitingPayment,
            Fees = [new Fee(30_000, "PNBP", Moment.AddDays(1))]
        };
        StepState mending = new("b") { Since = Moment, Status = StepStatus.AwaitingCorrection, WaitsUntil = Moment };
        StepState running = new("c") { Since = Moment, Status = StepStatus.InProgress };
        var waiting = state with { Status = ApplicationStatus.AwaitingApplicant, Region = Konawe };

        Texts.Of(waiting with { Steps = [paying, mending] }, canRefile: false).En
            .ShouldBe("Waiting for the applicant to act; at the latest 27 November 2026, 23:59 WITA.");
        Texts.Of(waiting with { Steps = [mending, running] }, canRefile: false).En.ShouldBe(
            "Waiting for the applicant to act; at the latest 27 November 2026, 23:59 WITA. Other steps go on.");
        Texts.Of(waiting with { Steps = [paying] }, canRefile: false).Id
            .ShouldBe("Menunggu tindakan pemohon; paling lambat 28 November 2026 pukul 23.59 WITA.");
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
