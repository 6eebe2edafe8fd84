namespace Mpp.Operations.Now;

/// <summary>The words of the page <c>Now</c>.</summary>
internal static class NowTexts
{
    public static readonly LocalizedText Title = new("Sekarang", "Now");
    public static readonly LocalizedText Wall = new("Untuk layar dinding", "For a wall screen");
    public static readonly LocalizedText Find = new(
        "Nomor permohonan, kode billing, atau trace id", "Application number, billing code or trace id");

    public static readonly LocalizedText Open = new("Buka", "Open");
    public static readonly LocalizedText Everywhere = new("Semua wilayah", "All regions");
    public static readonly LocalizedText Troubles = new("Gangguan", "Trouble");
    public static readonly LocalizedText NoTrouble = new("Tidak ada gangguan.", "No trouble.");
    public static readonly LocalizedText FiledAMinute = new("diajukan per menit", "filed a minute");
    public static readonly LocalizedText EndedAMinute = new("berakhir per menit", "ended a minute");
    public static readonly LocalizedText OpenInAll = new("permohonan berjalan", "open applications");
    public static readonly LocalizedText NeedOperator = new("langkah perlu petugas", "steps need an operator");
    public static readonly LocalizedText Overdue = new("melewati batas waktu", "past the deadline");
    public static readonly LocalizedText Flow = new("Arus dalam satu jam", "Flow in the last hour");
    public static readonly LocalizedText FlowFiled = new("diajukan", "filed");
    public static readonly LocalizedText FlowEnded = new("berakhir", "ended");
    public static readonly LocalizedText States = new("Permohonan yang berjalan", "Open applications");
    public static readonly LocalizedText State = new("Keadaan", "State");
    public static readonly LocalizedText Count = new("Jumlah", "Count");
    public static readonly LocalizedText Deadlines = new("Batas waktu instansi", "Deadlines of agencies");
    public static readonly LocalizedText Breached = new("terlewati", "breached");
    public static readonly LocalizedText Near = new("hampir tiba", "near");
    public static readonly LocalizedText OnTime = new("masih ada waktu", "on time");
    public static readonly LocalizedText Agencies = new("Instansi", "Agencies");
    public static readonly LocalizedText Agency = new("Instansi", "Agency");
    public static readonly LocalizedText Health = new("Layanan", "Service");
    public static readonly LocalizedText InHand = new("Di tangan", "In hand");
    public static readonly LocalizedText OldestInHand = new("Terlama", "Oldest");
    public static readonly LocalizedText Silent = new("Belum dijawab", "Unanswered");
    public static readonly LocalizedText Queue = new("Antrean", "Queue");
    public static readonly LocalizedText Outbox = new("Pesan keluar", "Outbox");
    public static readonly LocalizedText Services = new("Layanan lain", "Other services");
    public static readonly LocalizedText Service = new("Layanan", "Service");
    public static readonly LocalizedText Retrying = new("Diulang", "Retrying");
    public static readonly LocalizedText Dead = new("Tidak terproses", "Dead");
    public static readonly LocalizedText Stuck = new("Tertahan, dan menunggu siapa", "Stuck, and for whom it waits");
    public static readonly LocalizedText NothingStuck = new("Tidak ada yang tertahan.", "Nothing is stuck.");
    public static readonly LocalizedText Application = new("Permohonan", "Application");
    public static readonly LocalizedText Step = new("Langkah", "Step");
    public static readonly LocalizedText Why = new("Mengapa", "Why");
    public static readonly LocalizedText WaitsFor = new("Menunggu", "Waits for");
    public static readonly LocalizedText For = new("Selama", "For");
    public static readonly LocalizedText Nobody = new("–", "–");

    public static readonly LocalizedText Retried = new(
        "Ditanyakan kembali dalam 24 jam", "Asked again in 24 hours");

    public static readonly LocalizedText Times = new("Berapa kali", "How often");
    public static readonly LocalizedText Latest = new("Terakhir", "Latest");

    public static readonly LocalizedText Well = new("berjalan", "running");
    public static readonly LocalizedText Ill = new("terganggu", "failing");
    public static readonly LocalizedText Gone = new("diam", "silent");
    public static readonly LocalizedText Unheard = new("belum terdengar", "not heard yet");

    public static LocalizedText OldestOf(long inAll) => new(
        $"Yang terlama dari {Frame.Times.Number(inAll, "id")}.", $"The oldest of {Frame.Times.Number(inAll, "en")}.");
}
