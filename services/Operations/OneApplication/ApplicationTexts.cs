namespace Mpp.Operations.OneApplication;

/// <summary>The words of the page of one application.</summary>
internal static class ApplicationTexts
{
    public static readonly LocalizedText Unknown = new("Permohonan tidak ditemukan", "There is no such application");

    public static readonly LocalizedText UnknownHere = new(
        "Tidak ada permohonan dengan nomor ini di wilayah Anda.",
        "There is no application of this number in your region.");

    public static readonly LocalizedText NotFound = new(
        "Tidak ada permohonan dengan nomor, kode billing, atau trace id ini di wilayah Anda.",
        "There is no application of this number, billing code or trace id in your region.");

    public static readonly LocalizedText OwnCopy = new(
        "Layanan Permohonan tidak menjawab. Yang ditampilkan adalah salinan konsol; tindakan tidak dapat dilakukan.",
        "The service Applications does not answer. This is the console's own copy; nothing can be done just now.");

    public static readonly LocalizedText AsOf = new("Keadaan pada", "As of");
    public static readonly LocalizedText Package = new("Paket", "Package");
    public static readonly LocalizedText Version = new("versi", "version");
    public static readonly LocalizedText Region = new("Wilayah", "Region");
    public static readonly LocalizedText Channel = new("Saluran", "Channel");
    public static readonly LocalizedText Submitted = new("Diajukan", "Submitted");
    public static readonly LocalizedText Updated = new("Perubahan terakhir", "Last change");
    public static readonly LocalizedText Ended = new("Berakhir", "Ended");
    public static readonly LocalizedText Next = new("Siapa bertindak berikutnya", "Who acts next");
    public static readonly LocalizedText NobodyNext = new("Tidak ada.", "Nobody.");
    public static readonly LocalizedText Until = new("sampai", "until");
    public static readonly LocalizedText Graph = new("Langkah-langkah", "Steps");

    public static readonly LocalizedText GraphHint = new(
        "Gambar menunjukkan urutan langkah; tabel di bawahnya menyebutkan hal yang sama.",
        "The drawing shows the order of the steps; the table below says the same.");

    public static readonly LocalizedText Step = new("Langkah", "Step");
    public static readonly LocalizedText Agency = new("Instansi", "Agency");
    public static readonly LocalizedText State = new("Keadaan", "State");
    public static readonly LocalizedText Since = new("Sejak", "Since");
    public static readonly LocalizedText Due = new("Batas waktu", "Due");
    public static readonly LocalizedText After = new("Setelah", "After");
    public static readonly LocalizedText Attempt = new("Percobaan", "Attempt");
    public static readonly LocalizedText BillingCode = new("kode billing", "billing code");
    public static readonly LocalizedText Acts = new("Tindakan", "Acts");
    public static readonly LocalizedText ActOn = new("Bertindak pada langkah ini", "Act on this step");
    public static readonly LocalizedText Act = new("Tindakan", "Act");
    public static readonly LocalizedText Reason = new("Alasan (tanpa data pribadi)", "Reason (no personal data)");
    public static readonly LocalizedText Evidence = new("Bukti (untuk selesaikan dan tuntaskan)",
        "Evidence (to complete and to close)");

    public static readonly LocalizedText NewDue = new("Batas waktu baru (untuk perpanjang)",
        "New due time (to extend)");

    public static readonly LocalizedText Outputs = new("Hasil sebagai JSON (untuk selesaikan)",
        "Outputs as JSON (to complete)");

    public static readonly LocalizedText Documents = new(
        "Dokumen, satu per baris: jenis; nomor; berlaku dari; sampai (untuk selesaikan)",
        "Documents, one a line: kind; number; valid from; until (to complete)");

    public static readonly LocalizedText Send = new("Lakukan", "Do it");

    public static readonly LocalizedText ReadOnly = new(
        "Peran Anda membaca saja.", "Your role reads only.");

    public static readonly LocalizedText NothingToDo = new(
        "Saat ini tidak ada tindakan yang mungkin.", "Nothing can be done at present.");

    public static readonly LocalizedText Timeline = new("Riwayat", "Timeline");
    public static readonly LocalizedText When = new("Waktu", "When");
    public static readonly LocalizedText What = new("Kejadian", "What happened");
    public static readonly LocalizedText Trace = new("Jejak", "Trace");
    public static readonly LocalizedText OpenTrace = new("buka jejak catatan", "open the trace of entry");
    public static readonly LocalizedText By = new("oleh", "by");
    public static readonly LocalizedText Numbers = new("Nomor dokumen dan berkas", "Numbers of documents and files");

    public static readonly LocalizedText NumbersHint = new(
        "Nomor-nomor ini mengarah kepada orang. Siapa yang melihatnya, kapan, dan mengapa, dicatat.",
        "These numbers lead to people. Who sees them, when and why is recorded.");

    public static readonly LocalizedText ShowBecause = new("Tampilkan, karena …", "Show, because …");
    public static readonly LocalizedText Show = new("Tampilkan", "Show");
    public static readonly LocalizedText NoNumbers = new("Tidak ada.", "There are none.");
    public static readonly LocalizedText Looked = new("Yang telah melihat", "Who has looked");
    public static readonly LocalizedText Done = new("Tindakan diterima: langkah bergerak.", "Done: the step moved.");

    public static readonly LocalizedText Unmoved = new(
        "Tindakan diterima, tetapi keadaan langkah tidak berubah.",
        "The act was taken, but the step stands as it did.");

    public static readonly LocalizedText NotDone = new("Tindakan tidak dilakukan", "It was not done");

    public static readonly LocalizedText ReasonNeeded = new(
        "Alasan 3 sampai 500 huruf diperlukan.", "A reason of 3 to 500 characters is needed.");

    public static readonly LocalizedText BadOutputs = new(
        "Hasil atau dokumen tidak dapat dibaca.", "The outputs or documents cannot be read.");
}
