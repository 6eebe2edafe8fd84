using System.Collections.Frozen;

namespace Mpp.Operations.Frame;

/// <summary>The field's words for states, parties and what happens, as in the glossary.</summary>
internal static class Words
{
    private static readonly FrozenDictionary<string, LocalizedText> Matters = Dictionary(
    [
        ("due-soon", "batas waktu hampir tiba", "due soon"),
        ("overdue", "melewati batas waktu", "overdue"),
        ("stalled", "instansi belum menjawab", "agency silent"),
        ("kept", "tetap dikerjakan", "kept by the agency"),
        ("stands", "tetap berlaku", "stands"),
        ("reply-rejected", "jawaban tidak diterima", "reply rejected"),
        ("refund-due", "biaya harus dikembalikan", "refund due"),
    ]);

    private static readonly FrozenDictionary<string, LocalizedText> Channels = Dictionary(
    [
        ("counter", "loket", "counter"), ("mobile", "keliling", "mobile"), ("self", "mandiri", "self-service"),
        ("electronic", "elektronik", "electronic"),
    ]);

    private static readonly FrozenDictionary<string, LocalizedText> Acts = Dictionary(
    [
        ("retry", "Tanyakan kembali", "Ask again"), ("skip", "Lewati langkah", "Skip the step"),
        ("complete", "Selesaikan dengan bukti", "Complete by hand"), ("extend", "Perpanjang waktu", "Extend the time"),
        ("close", "Tuntaskan", "Close"),
    ]);

    /// <summary>Every matter, channel and act that has a word.</summary>
    public static IEnumerable<string> Known => [.. Matters.Keys, .. Channels.Keys, .. Acts.Keys];

    public static LocalizedText Of(ApplicationStatus status) => status switch
    {
        ApplicationStatus.Submitted => new("diajukan", "submitted"),
        ApplicationStatus.InProgress => new("diproses", "in progress"),
        ApplicationStatus.AwaitingApplicant => new("menunggu pemohon", "awaiting applicant"),
        ApplicationStatus.Completed => new("selesai", "completed"),
        ApplicationStatus.CompletedInPart => new("selesai sebagian", "completed in part"),
        ApplicationStatus.Refused => new("ditolak", "refused"),
        ApplicationStatus.Cancelling => new("sedang dibatalkan", "being cancelled"),
        ApplicationStatus.Cancelled => new("dibatalkan", "cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    public static LocalizedText Of(StepStatus status) => status switch
    {
        StepStatus.Waiting => new("menunggu langkah lain", "waiting for other steps"),
        StepStatus.Requested => new("dikirim", "requested"),
        StepStatus.InProgress => new("dikerjakan", "in progress"),
        StepStatus.AwaitingCorrection => new("menunggu perbaikan", "awaiting correction"),
        StepStatus.AwaitingPayment => new("menunggu pembayaran", "awaiting payment"),
        StepStatus.Completed => new("selesai", "completed"),
        StepStatus.DeemedGranted => new("dianggap dikabulkan", "deemed granted"),
        StepStatus.Refused => new("ditolak", "refused"),
        StepStatus.Skipped => new("tidak dijalankan", "skipped"),
        StepStatus.Cancelling => new("pembatalan diminta", "being cancelled"),
        StepStatus.Cancelled => new("dibatalkan", "cancelled"),
        StepStatus.CancellationRefused => new("pembatalan ditolak", "cancellation refused"),
        StepStatus.Stalled => new("instansi belum menjawab", "stalled"),
        StepStatus.Lapsed => new("gugur", "lapsed"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    public static LocalizedText Of(Party party) => party switch
    {
        Party.Applicant => new("pemohon", "the applicant"),
        Party.Agency => new("instansi", "the agency"),
        Party.Operator => new("petugas MPP", "an operator"),
        _ => throw new ArgumentOutOfRangeException(nameof(party), party, "No such party."),
    };

    public static LocalizedText Matter(string matter) => Matters.GetValueOrDefault(matter) ?? new(matter, matter);

    public static LocalizedText Channel(string channel) => Channels.GetValueOrDefault(channel) ?? new(channel, channel);

    public static LocalizedText Act(string act) => Acts.GetValueOrDefault(act) ?? new(act, act);

    /// <summary>How the stylesheet marks a status: good, bad, wait, or nothing.</summary>
    public static string Mark(StepStatus status) => status switch
    {
        StepStatus.Completed or StepStatus.DeemedGranted => "good",
        StepStatus.Refused or StepStatus.Lapsed or StepStatus.Stalled or StepStatus.CancellationRefused => "bad",
        StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment or StepStatus.Cancelling => "wait",
        _ => "",
    };

    /// <summary>The same of an application.</summary>
    public static string Mark(ApplicationStatus status) => status switch
    {
        ApplicationStatus.Completed => "good",
        ApplicationStatus.Refused => "bad",
        ApplicationStatus.AwaitingApplicant or ApplicationStatus.Cancelling or ApplicationStatus.CompletedInPart =>
            "wait",
        _ => "",
    };

    /// <summary>The same of a matter.</summary>
    public static string MarkOfMatter(string matter) => matter is "due-soon" or "refund-due" ? "wait" : "bad";

    private static FrozenDictionary<string, LocalizedText> Dictionary(
        IEnumerable<(string Code, string Indonesian, string English)> words) =>
        words.ToFrozenDictionary(word => word.Code, word => new LocalizedText(word.Indonesian, word.English));
}
