namespace Mpp.Operations.Access;

/// <summary>What people read who cannot go on.</summary>
internal static class AccessTexts
{
    public static readonly LocalizedText NotForYou = new(
        "Halaman ini bukan untuk peran Anda", "This page is not for your role");

    public static readonly LocalizedText AskForRole = new(
        "Konsol ini untuk petugas MPP, kepala MPP, dan auditor. Mintalah peran itu kepada pengelola akun.",
        "The console is for operators, heads of a mall and auditors. Ask whoever manages accounts for that role.");

    public static readonly LocalizedText SignedOut = new("Anda telah keluar", "You have signed out");

    public static readonly LocalizedText SignInAgain = new(
        "Buka halaman mana pun dari konsol untuk masuk kembali.", "Open any page of the console to sign in again.");

    public static readonly LocalizedText NotSignedIn = new("Anda belum masuk", "You are not signed in");

    public static readonly LocalizedText TryAgain = new(
        "Proses masuk tidak selesai. Buka konsol sekali lagi.", "Signing in did not succeed. Open the console again.");

    public static readonly LocalizedText SessionOver = new(
        "Sesi Anda telah berakhir. Tidak ada yang diubah. Buka konsol sekali lagi untuk masuk.",
        "Your session is over. Nothing was changed. Open the console again to sign in.");
}
