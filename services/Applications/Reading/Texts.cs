using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Applications.Reading;

/// <summary>What a citizen reads about every state; the words are those that agencies use (DOMAIN §4.1).</summary>
internal static class Texts
{
    public static LocalizedText Of(ApplicationState state) => state.Status switch
    {
        ApplicationStatus.Submitted => new("Permohonan diterima.", "The application is received."),
        ApplicationStatus.InProgress when state.Refused => new("Permohonan ditolak; langkah yang sedang berjalan diselesaikan dahulu.", "The application is refused; the steps in hand come to their end first."),
        ApplicationStatus.InProgress => new("Permohonan sedang diproses.", "The application is being processed."),
        ApplicationStatus.AwaitingApplicant => new("Menunggu tindakan pemohon.", "Waiting for the applicant to act."),
        ApplicationStatus.Completed => new("Permohonan selesai.", "The application is completed."),
        ApplicationStatus.CompletedInPart => new("Permohonan selesai sebagian; sebagian layanan ditolak.", "The application is completed in part; some services were refused."),
        ApplicationStatus.Rejected => new("Permohonan ditolak.", "The application is refused."),
        ApplicationStatus.Cancelling => new("Permohonan sedang dibatalkan.", "The application is being cancelled."),
        ApplicationStatus.Cancelled => new("Permohonan dibatalkan.", "The application is cancelled."),
        _ => new("", ""),
    };

    public static LocalizedText Of(StepState step, LocalizedText agency) => step.Status switch
    {
        StepStatus.Waiting => new("Menunggu langkah sebelumnya.", "Waits for the steps before it."),
        StepStatus.Requested => new($"Dikirim ke {agency.Id}.", $"Sent to {agency.En}."),
        StepStatus.InProgress => new($"Sedang dikerjakan oleh {agency.Id}.", $"In hand at {agency.En}."),
        StepStatus.AwaitingCorrection => new("Dikembalikan: pemohon perlu memperbaiki berkas.", "Returned: the applicant must correct the file."),
        StepStatus.AwaitingPayment => new("Menunggu pembayaran oleh pemohon.", "Waiting for the applicant's payment."),
        StepStatus.Completed => new("Selesai.", "Completed."),
        StepStatus.DeemedGranted => new("Dianggap dikabulkan secara hukum.", "Deemed granted by law."),
        StepStatus.Rejected => new($"Ditolak oleh {agency.Id}.", $"Refused by {agency.En}."),
        StepStatus.Skipped when step.Skipped is SkipReason.NotApplicable => new("Tidak diperlukan.", "Does not apply."),
        StepStatus.Skipped => new("Tidak dilanjutkan karena langkah lain ditolak.", "Not done because another step was refused."),
        StepStatus.Cancelling => new($"Pembatalan diminta kepada {agency.Id}.", $"{agency.En} was asked to undo it."),
        StepStatus.Cancelled => new("Dibatalkan.", "Cancelled."),
        StepStatus.CancellationRefused => new($"{agency.Id} tidak membatalkan.", $"{agency.En} does not undo it."),
        StepStatus.Stalled => new($"{agency.Id} belum menjawab; petugas diberi tahu.", $"{agency.En} has not answered yet; an operator is told."),
        _ => new("", ""),
    };

    /// <summary>What a line of the timeline says.</summary>
    public static LocalizedText Of(string kind) => kind switch
    {
        "application-submitted" => new("Permohonan diterima.", "The application was received."),
        "step-requested" => new("Langkah dikirim ke instansi.", "The step was sent to its agency."),
        "step-accepted" => new("Berkas diterima oleh instansi.", "The agency took the file in hand."),
        "step-completed" => new("Langkah selesai.", "The step was completed."),
        "step-rejected" => new("Langkah ditolak.", "The step was refused."),
        "correction-requested" => new("Berkas dikembalikan untuk diperbaiki.", "The file was returned for correction."),
        "payment-requested" => new("Pembayaran diminta.", "A fee was asked for."),
        "step-skipped" => new("Langkah tidak dijalankan.", "The step was not done."),
        "step-stalled" => new("Instansi belum menjawab; petugas diberi tahu.", "The agency did not answer in time; an operator is told."),
        "reply-ignored" => new("Jawaban yang terlambat atau berulang dicatat.", "A late or repeated reply was noted."),
        "application-ended" => new("Permohonan berakhir.", "The application came to its end."),
        _ => new("", ""),
    };
}
