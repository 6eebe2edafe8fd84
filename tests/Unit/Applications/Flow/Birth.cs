using System.Text.Json;
using Mpp.Applications.Calendar;
using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;

namespace Mpp.Unit.Applications.Flow;

/// <summary>An application for a birth, driven by hand.</summary>
internal sealed class Birth
{
    public static readonly Guid Id = Guid.Parse("0199a000-0000-7000-8000-000000000001");

    private readonly Decider _decider = new(new FlowSettings(), new DeadlineClock(WorkingCalendar.WeekendsOnly));

    private readonly PackageDefinition _package;

    public PackageDefinition Definition => _package;

    /// <param name="also">A step more than the package has.</param>
    public Birth(bool father = true, StepDefinition? also = null)
    {
        _package = also is null ? Package : Package with { Steps = [.. Package.Steps, also] };
        Last = Decide(new Input.Submit(
        Id, ApplicationNumber.Parse("7402-261122-K7QX4M"), RegionCode.Parse("74.02"), "electronic",
        father
            ? JsonSerializer.SerializeToElement(new
            {
                mother = new { nik = "7402014107900001" },
                father = new { nik = "7402010107880002" },
                child = new { name = "Child" }
            })
            : JsonSerializer.SerializeToElement(
                new { mother = new { nik = "7402014107900001" }, child = new { name = "Child" } })));
    }

    public static PackageDefinition Package { get; } = new()
    {
        Code = "birth",
        Version = 1,
        Title = new("Kelahiran", "Birth"),
        Description = new("", ""),
        Input = JsonSerializer.SerializeToElement(new { type = "object" }),
        Retention = new(30),
        Steps =
        [
            new()
            {
                Id = "mother",
                Service = "civil-registry/identity-verification",
                Inputs = Map("nik", "/input/mother/nik")
            },
            new()
            {
                Id = "father",
                Service = "civil-registry/identity-verification",
                Inputs = Map("nik", "/input/father/nik"),
                When = new() { Value = "/input/father", Exists = true }
            },
            new()
            {
                Id = "certificate",
                Service = "civil-registry/birth-certificate",
                Needs = ["mother", "father"],
                Inputs = Map("childName", "/input/child/name"),
                Pivot = true
            },
            new()
            {
                Id = "enrolment",
                Service = "bpjs/newborn-enrolment",
                Needs = ["mother"],
                OnRefused = OnRefused.SkipDependents,
                Compensable = true
            },
            new()
            {
                Id = "card", Service = "civil-registry/family-card", Needs = ["certificate"], Inputs = Map(
                    "memberNik", "/steps/certificate/childNik"),
                Deadline = new(90, DeadlineUnit.Minutes, OnLapse.DeemGranted),
            },
        ],
    };

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);

    public ApplicationState State => Last.State;

    public Decision Last { get; private set; }

    public List<TimelineEntry> Timeline { get; } = [];

    public static StepRef Ref(string step, int attempt = 1) => new(Id, step, attempt);

    public Decision Complete(string step, object? outputs = null, int attempt = 1) =>
        Decide(new Input.StepCompleted(new StepCompleted
        {
            Step = Ref(step, attempt),
            Outputs = JsonSerializer.SerializeToElement(outputs ?? new { })
        }));

    public Decision Refuse(string step, DateTimeOffset? decidedAt = null) =>
        Decide(new Input.StepRefused(new StepRefused
        {
            Step = Ref(step),
            Reasons = [new("nik-registered", new("NIK tidak terdaftar.", "The NIK is not registered."))],
            DecidedAt = decidedAt,
        }));

    public Decision Accept(string step, DateTimeOffset? expectedAt = null) =>
        Decide(new Input.StepAccepted(
            new StepAccepted { Step = Ref(step), AgencyFileNumber = "F-1", ExpectedAt = expectedAt }));

    public Decision AskFee(string step, int attempt = 1, bool keptIfRefused = false) =>
        Decide(new Input.FeeRequested(new FeeRequested
        {
            Step = Ref(step, attempt),
            AmountRupiah = 30_000,
            Purpose = "PNBP",
            ExpiresAt = Now.AddDays(3),
            KeptIfRefused = keptIfRefused
        }));

    public Decision Pay(string step, int attempt = 1) => Decide(new Input.FeePaid(new FeePaid
    {
        Step = Ref(step, attempt),
        BillingCode = "820261122000017",
        AmountRupiah = 30_000,
        PaidAt = Now
    }));

    public Decision Alarm() => Decide(new Input.AlarmFired());

    public Decision Decide(Input input)
    {
        Last = _decider.Decide(_package, Last?.State, input, Now);
        Timeline.AddRange(Last.Entries);
        return Last;
    }

    private static Dictionary<string, string> Map(string field, string pointer) =>
        new(StringComparer.Ordinal) { [field] = pointer };
}
