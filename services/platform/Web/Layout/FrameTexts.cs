namespace Mpp.Web.Layout;

/// <summary>The words around every page.</summary>
internal static class FrameTexts
{
    public static readonly LocalizedText Skip = new("Langsung ke isi", "Skip to the content");
    public static readonly LocalizedText Pages = new("Halaman", "Pages");
    public static readonly LocalizedText SignOut = new("Keluar", "Sign out");
    public static readonly LocalizedText OtherLanguage = new("English", "Bahasa Indonesia");
    public static readonly LocalizedText Live = new("Diperbarui langsung.", "Updated live.");

    public static readonly LocalizedText Away = new(
        "Sambungan terputus; angka di halaman ini dapat tertinggal.",
        "The connection is interrupted; the figures on this page may be behind.");

    public static readonly LocalizedText Quote = new(
        "Sebutkan nomor ini bila meminta bantuan:", "Quote this number when you ask for help:");
}
