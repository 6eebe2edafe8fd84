using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;

namespace Mpp.Unit.Contracts;

/// <summary>One example of every message, with every property filled.</summary>
internal static class MessageExamples
{
    private static readonly StepRef Step = new(
        Guid.Parse("01940f7e-5c00-7000-8000-000000000001"), "birth-certificate", 1);
    private static readonly ApplicationNumber Number = ApplicationNumber.Parse("7402-261122-K7QX4M");
    private static readonly RegionCode Region = RegionCode.Parse("74.02");
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 8, 30, 15, 250, TimeSpan.Zero);
    private static readonly StepReason Reason = new(
        "reported-in-time", new LocalizedText("Pelaporan melewati 60 hari.", "The report is later than 60 days."),
        "/lateReportApproval", "UU 24/2013 art. 32");

    public static IReadOnlyList<object> All { get; } =
    [
        new StepRequest
        {
            Step = Step, ApplicationNumber =
                Number, Service = "civil-registry/birth-certificate", Region = Region, Channel = "electronic",
            Inputs = JsonElement.Parse(
                """{"childName":"Contoh","birthDate":"2026-11-20"}"""), DueAt = Time, Corrected = ["mother-present"],
        },
        new CheckPreconditions
        {
            Service = "bpjs/newborn-enrolment",
            Region = Region,
            Client = "hospital-kendari",
            Inputs = JsonElement.Parse("""{"motherNik":"7402014508900001"}""")
        },
        new PreconditionsChecked
        {
            Preconditions = [new Precondition("mother-jkn-active", PreconditionStatus.Missing,
                new LocalizedText("Lunasi iuran ibu.", "Pay the mother's arrears."), "/motherNik")],
            Outputs = JsonElement.Parse("""{"status":"active"}"""),
        },
        new StepDeemedGranted { Step = Step, Service = "licensing/practice-licence", DueAt = Time },
        new BillFee
        {
            Step = Step,
            ApplicationNumber = Number,
            Region = Region,
            AmountRupiah = 30_000,
            Purpose = "PNBP SKCK, PP 76/2020",
            Payee = "state-treasury",
            ExpiresAt = Time
        },
        new WithdrawFee { Step = Step },
        new FeeBilled { Step = Step, BillingCode = "820261122000017", ExpiresAt = Time },
        new FeePaid { Step = Step, BillingCode = "820261122000017", AmountRupiah = 30_000, PaidAt = Time },
        new FeeLapsed { Step = Step },
        new FeeWithdrawn { Step = Step },
        new FeePaidBack
        {
            Step = Step,
            BillingCode = "820261122000017",
            AmountRupiah = 30_000,
            Reference = "TRF-2026-118",
            PaidBackAt = Time
        },
        new StepDeadlineExtended { Step = Step, Service = "bpjs/membership-card-reprint", DueAt = Time },
        new CancelStep { Step = Step, Service = "civil-registry/birth-certificate", Reason = "cancelled-by-applicant" },
        new EraseStep { Step = Step, Service = "civil-registry/birth-certificate" },
        new StepAccepted { Step = Step, AgencyFileNumber = "7402/AL/2026/1", ExpectedAt = Time, DecidedAt = Time },
        new StepCompleted
        {
            Step = Step, Outputs = JsonElement.Parse("""{"certificateNumber":"7402-LU-22112026-0001"}"""),
            Documents = [new IssuedDocument(
                "birth-certificate", "7402-LU-22112026-0001", new DateOnly(2026, 11, 22), ValidUntil: null)],
            DecidedAt = Time,
        },
        new StepRefused { Step = Step, Reasons = [Reason], DecidedAt = Time },
        new CorrectionRequested
        {
            Step = Step,
            Items = [Reason with { Pointer = null, LegalBasis = null }],
            DecidedAt = Time
        },
        new FeeRequested
        {
            Step = Step,
            AmountRupiah = 30_000,
            Purpose = "PNBP SKCK, PP 76/2020",
            Payee = "state-treasury",
            ExpiresAt = Time,
            DecidedAt = Time
        },
        new StepCancelled { Step = Step },
        new StepCancellationRefused { Step = Step, Reasons = [Reason] },
        new ReplyRejected
        {
            Step = Step,
            Service = "police/skck",
            Reply = "step-completed",
            Faults = [new ReplyFault("/documents/0/number", "missing", "The field is required.")],
        },
        new ApplicationChanged
        {
            ApplicationId = Step.ApplicationId, ApplicationNumber =
                Number, Sequence = 3, Package = "birth", PackageVersion = 1, Region = Region,
            Status = ApplicationStatus.CompletedInPart, At = Time,
            Steps = new Dictionary<string, StepStatus>(StringComparer.Ordinal)
            {
                ["mother-identity"] = StepStatus.Completed,
                ["family-card"] = StepStatus.AwaitingCorrection
            },
            Channel = "electronic", SubmittedAt = Time, EndedAt = Time,
            StepsInDetail =
            [
                new ChangedStep
                {
                    Id = "family-card", Service = "civil-registry/family-card", Status = StepStatus.AwaitingCorrection,
                    Attempt = 1, Since = Time, DueAt = Time, WaitsFor = Party.Applicant, WaitsUntil = Time,
                    Matters = ["due-soon"], Acts = ["skip", "complete"], Requirements = ["head-agrees"],
                    BillingCode = "820261122000017",
                },
            ],
            Entries =
            [
                new ChangedEntry
                {
                    Sequence = 3, At = Time, Kind = "correction-requested", Step = "family-card", Attempt = 1,
                    Ended = ApplicationStatus.CompletedInPart, Requirements = ["head-agrees"],
                    SecondsWithAgency = 61.5, Late = false,
                    TraceId = "0af7651916cd43dd8448eb211c80319c",
                },
            ],
        },
    ];
}
