using Mpp.Applications.Flow;

namespace Mpp.Applications.Reading;

/// <summary>
/// What a citizen reads about every state: what it is, who acts next, and until when. The words are those
/// that agencies use.
/// </summary>
internal static class Texts
{
    /// <param name="canRefile">Whether any part of it can be filed again.</param>
    public static LocalizedText Of(ApplicationState state, bool canRefile) => state.Status switch
    {
        ApplicationStatus.Submitted => new(
            "Permohonan diterima dan diteruskan ke instansi.", "The application is received and goes to the agencies."),
        ApplicationStatus.InProgress when state.Refused =>
            new("Permohonan ditolak; langkah yang sedang berjalan diselesaikan instansi dahulu.",
                "The application is refused; the agencies bring the steps in hand to their end first."),
        ApplicationStatus.InProgress =>
            new("Permohonan sedang diproses oleh instansi.", "The agencies are processing the application."),
        ApplicationStatus.AwaitingApplicant => AwaitingApplicant(state),
        ApplicationStatus.Completed => new("Permohonan selesai; tidak ada lagi yang harus dilakukan.",
            "The application is completed; nothing is left to do."),
        ApplicationStatus.CompletedInPart when state.Erased =>
            new("Permohonan selesai sebagian; data pribadinya telah dihapus.",
                "The application is completed in part; its personal data are erased."),
        ApplicationStatus.CompletedInPart when !canRefile =>
            new("Permohonan selesai sebagian.", "The application is completed in part."),
        ApplicationStatus.CompletedInPart =>
            new("Permohonan selesai sebagian; pemohon dapat memperbaiki dan mengajukan kembali bagian yang ditolak.",
                "The application is completed in part; the applicant can mend and file again what was refused."),
        ApplicationStatus.Refused when state.Erased => new("Permohonan ditolak; data pribadinya telah dihapus.",
            "The application is refused; its personal data are erased."),
        ApplicationStatus.Refused when !canRefile =>
            new("Permohonan ditolak.", "The application is refused."),
        ApplicationStatus.Refused =>
            new("Permohonan ditolak; pemohon dapat memperbaiki dan mengajukan kembali bagian yang ditolak.",
                "The application is refused; the applicant can mend and file again what was refused."),
        ApplicationStatus.Cancelling => new("Permohonan sedang dibatalkan; menunggu jawaban instansi.",
            "The application is being cancelled; the agencies are to answer."),
        ApplicationStatus.Cancelled when state.Steps.Any(s => s.Granted) =>
            new("Permohonan dibatalkan; hasil yang tidak dapat ditarik kembali tetap berlaku.",
                "The application is cancelled; what could not be taken back stands."),
        ApplicationStatus.Cancelled => new("Permohonan dibatalkan.", "The application is cancelled."),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state.Status, "No such status."),
    };

    /// <param name="canRefile">Whether it can be filed again.</param>
    public static LocalizedText Of(StepState step, LocalizedText agency, RegionCode region, bool canRefile) =>
        step.Status switch
        {
            StepStatus.Waiting => new("Menunggu langkah sebelumnya selesai.", "Waits for the steps before it."),
            StepStatus.Requested or StepStatus.InProgress when step.Overdue => new(
                $"Melewati batas waktu di {agency.Id}; petugas MPP diberi tahu dan menindaklanjuti.",
                $"Past its time at {agency.En}; the mall's operator is told and sees to it."),
            StepStatus.Requested => Until(new($"Dikirim ke {agency.Id}", $"Sent to {agency.En}"),
                "batas waktu instansi", "the agency has until", step.DueAt, region),
            StepStatus.InProgress when step.Kept =>
                new($"{agency.Id} tidak dapat menghentikan langkah ini dan menyelesaikannya.",
                    $"{agency.En} cannot stop this step and finishes it."),
            StepStatus.InProgress => Until(new($"Sedang dikerjakan oleh {agency.Id}", $"In hand at {agency.En}"),
                "batas waktu instansi", "the agency has until", step.DueAt, region),
            StepStatus.AwaitingCorrection => Until(
                new("Dikembalikan: pemohon perlu memperbaiki berkas", "Returned: the applicant must correct the file"),
                "paling lambat", "at the latest", step.WaitsUntil, region),
            StepStatus.AwaitingPayment =>
                Until(new("Menunggu pembayaran oleh pemohon", "Waiting for the applicant's payment"), "paling lambat",
                    "at the latest", step.Fee?.ExpiresAt, region),
            StepStatus.Completed => new("Selesai.", "Completed."),
            StepStatus.DeemedGranted when !step.Issued =>
                new($"Dianggap dikabulkan secara hukum; {agency.Id} wajib menerbitkan.",
                    $"Deemed granted by law; {agency.En} must issue."),
            StepStatus.DeemedGranted =>
                new("Dianggap dikabulkan secara hukum, dan telah diterbitkan.", "Deemed granted by law, and issued."),
            StepStatus.Refused when !canRefile => new($"Ditolak oleh {agency.Id}.", $"Refused by {agency.En}."),
            StepStatus.Refused => new($"Ditolak oleh {agency.Id}; pemohon dapat memperbaiki dan mengajukan kembali.",
                $"Refused by {agency.En}; the applicant can mend it and file it again."),
            StepStatus.Lapsed when !canRefile => new($"{Lapsed(step.Lapse).Id}.", $"{Lapsed(step.Lapse).En}."),
            StepStatus.Lapsed => new($"{Lapsed(step.Lapse).Id}; pemohon dapat mengajukan kembali.",
                $"{Lapsed(step.Lapse).En}; the applicant can file it again."),
            StepStatus.Skipped => Skipped(step.Skipped),
            StepStatus.Cancelling =>
                new($"Pembatalan diminta; {agency.Id} perlu menjawab.", $"To be cancelled; {agency.En} is to answer."),
            StepStatus.Cancelled => new("Dibatalkan.", "Cancelled."),
            StepStatus.CancellationRefused =>
                new($"{agency.Id} tidak membatalkan; hasilnya tetap berlaku dan petugas diberi tahu.",
                    $"{agency.En} does not cancel it; it stands, and an operator is told."),
            StepStatus.Stalled => new($"{agency.Id} belum menjawab; petugas MPP diberi tahu dan menindaklanjuti.",
                $"{agency.En} has not answered; the mall's operator is told and sees to it."),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Status, "No such status."),
        };

    /// <summary>Why a step is on the operators' worklist.</summary>
    public static LocalizedText Of(OperatorMatter matter) => matter switch
    {
        OperatorMatter.DueSoon => new("Batas waktu instansi hampir tiba.", "The agency's time is nearly over."),
        OperatorMatter.Overdue => new("Batas waktu instansi terlewati.", "The agency's time is over."),
        OperatorMatter.Stalled => new("Instansi belum menjawab.", "The agency has not answered."),
        OperatorMatter.ReplyRejected => new("Jawaban instansi tidak sesuai dengan standar pelayanannya.",
            "The agency's reply does not fit its published standard."),
        OperatorMatter.Kept => new("Instansi tidak menghentikan langkah ini, walaupun diminta.",
            "The agency does not stop the step, though it was asked to."),
        OperatorMatter.Stands => new("Instansi tidak membatalkan; hasilnya tetap berlaku.",
            "The agency does not cancel it; what it granted stands."),
        OperatorMatter.RefundDue => new("Biaya dibayar untuk layanan yang tidak diberikan dan harus dikembalikan.",
            "The fee was paid for what is not done, and is to be paid back."),
        _ => throw new ArgumentOutOfRangeException(nameof(matter), matter, "No such matter."),
    };

    /// <summary>What a line of the timeline says.</summary>
    public static LocalizedText Of(string kind) => kind switch
    {
        "application-submitted" => new("Permohonan diterima.", "The application was received."),
        "channel-changed" =>
            new("Permohonan dilanjutkan di saluran lain.", "The application goes on in another channel."),
        "step-requested" => new("Langkah dikirim ke instansi.", "The step was sent to its agency."),
        "step-accepted" => new("Berkas diterima oleh instansi.", "The agency took the file in hand."),
        "step-completed" => new("Langkah selesai.", "The step was completed."),
        "step-refused" => new("Langkah ditolak.", "The step was refused."),
        "correction-requested" => new("Berkas dikembalikan untuk diperbaiki.", "The file was returned for correction."),
        "step-corrected" => new("Pemohon telah memperbaiki berkas.", "The applicant corrected the file."),
        "fee-requested" => new("Pembayaran diminta.", "A fee was asked for."),
        "fee-billed" => new("Tagihan diterbitkan.", "The fee was billed."),
        "fee-paid" => new("Biaya telah dibayar.", "The fee was paid."),
        "fee-paid-too-late" => new("Biaya dibayar setelah langkah ditarik; pengembalian ditangani petugas.",
            "The fee was paid after the step was withdrawn; an operator sees to the refund."),
        "fee-refund-due" => new("Biaya yang telah dibayar harus dikembalikan: layanannya tidak diberikan.",
            "The fee that was paid is to be paid back: what it was for is not done."),
        "fee-paid-back" => new("Biaya telah dikembalikan.", "The fee was paid back."),
        "step-lapsed" => new("Langkah gugur karena pemohon tidak bertindak pada waktunya.",
            "The step lapsed: the applicant did not act in time."),
        "step-refiled" => new("Bagian yang ditolak diajukan kembali.", "The refused part was filed again."),
        "step-skipped" => new("Langkah tidak dijalankan.", "The step was not done."),
        "step-retried" => new("Langkah ditanyakan kembali ke instansi.", "The agency was asked again."),
        "step-stalled" => new(
            "Instansi belum menjawab; petugas diberi tahu.", "The agency did not answer in time; an operator is told."),
        "step-due-soon" => new("Batas waktu instansi hampir tiba; petugas diingatkan.",
            "The agency's time is nearly over; an operator is warned."),
        "step-overdue" => new(
            "Batas waktu instansi terlewati; petugas diberi tahu.", "The agency's time is over; an operator is told."),
        "deadline-extended" =>
            new("Batas waktu instansi diubah oleh petugas.", "An operator gave the agency another deadline."),
        "step-deemed-granted" => new("Batas waktu terlewati tanpa jawaban: dianggap dikabulkan secara hukum.",
            "The time passed without an answer: deemed granted by law."),
        "cancellation-requested" => new("Pembatalan diminta.", "Cancellation was asked for."),
        "cancellation-dropped" => new("Pembatalan tidak dapat dilanjutkan; permohonan diteruskan.",
            "It cannot be cancelled any more; the application goes forward."),
        "step-cancellation-requested" =>
            new("Instansi diminta membatalkan langkah.", "The agency was asked to cancel the step."),
        "step-cancelled" => new("Langkah dibatalkan.", "The step was cancelled."),
        "step-cancellation-refused" =>
            new("Instansi tidak membatalkan langkah.", "The agency does not cancel the step."),
        "step-closed" =>
            new("Petugas menuntaskan tindak lanjut langkah ini.", "An operator has seen to what was left of the step."),
        "operator-acted" => new("Petugas bertindak.", "An operator acted."),
        "reply-ignored" => new("Jawaban yang terlambat atau berulang dicatat.", "A late or repeated reply was noted."),
        "reply-rejected" => new(
            "Jawaban instansi tidak sesuai dengan standar pelayanannya; instansi dan petugas diberi tahu.",
            "The agency's reply does not fit its published standard; the agency and an operator are told."),
        "application-ended" => new("Permohonan berakhir.", "The application came to its end."),
        "personal-data-erased" =>
            new("Masa simpan berakhir: data pribadi dihapus.", "The retention is over: the personal data were erased."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of entry."),
    };

    private static LocalizedText AwaitingApplicant(ApplicationState state)
    {
        var first = state.Steps.Where(s => s.ClockStands)
            .Min(s => s.Status is StepStatus.AwaitingPayment ? s.Fee?.ExpiresAt : s.WaitsUntil);
        var waiting = Until(new("Menunggu tindakan pemohon", "Waiting for the applicant to act"), "paling lambat",
            "at the latest", first, state.Region);
        return state.Steps.Any(s => s.ClockRuns)
            ? new($"{waiting.Id} Langkah lain tetap berjalan.", $"{waiting.En} Other steps go on.")
            : waiting;
    }

    private static LocalizedText Skipped(SkipReason? reason) => reason switch
    {
        SkipReason.NotApplicable => new("Tidak diperlukan.", "Does not apply."),
        SkipReason.Operator => new("Dilewati oleh petugas.", "Passed over by an operator."),
        _ => new("Tidak dilanjutkan karena langkah lain ditolak.", "Not done because another step was refused."),
    };

    private static LocalizedText Lapsed(LapseReason? reason) => reason switch
    {
        LapseReason.Payment => new("Gugur: tidak dibayar pada waktunya", "Lapsed: not paid in time"),
        LapseReason.Rounds => new("Gugur: perbaikan tidak mencukupi setelah beberapa kali",
            "Lapsed: not good enough after the corrections allowed"),
        _ => new("Gugur: tidak diperbaiki pada waktunya", "Lapsed: not corrected in time"),
    };

    private static LocalizedText Until(
        LocalizedText state, string indonesian, string english, DateTimeOffset? until, RegionCode region) =>
        until is { } moment
            ? new($"{state.Id}; {indonesian} {DateWords.Indonesian(moment, region)}.",
                $"{state.En}; {english} {DateWords.English(moment, region)}.")
            : new($"{state.Id}.", $"{state.En}.");
}
