using Mpp.Contracts;
using Mpp.Web.Layout;

namespace Mpp.Identity.Pages;

/// <summary>What the pages say.</summary>
internal static class PageTexts
{
    public static readonly PageFrame Frame = new(PageAnswer.Base, new("Masuk", "Sign-in")) { IsNarrow = true };

    public static readonly LocalizedText SignIn = new("Masuk", "Sign in");
    public static readonly LocalizedText UserName = new("Nama pengguna", "User name");
    public static readonly LocalizedText Password = new("Kata sandi", "Password");

    public static readonly LocalizedText Wrong = new(
        "Nama pengguna atau kata sandi salah. Setelah lima kali salah, akun dikunci selama 15 menit.",
        "The user name or the password is wrong. After five wrong passwords an account is locked for 15 minutes.");

    public static readonly LocalizedText TooOften = new(
        "Terlalu banyak percobaan masuk dari tempat Anda. Tunggu sebentar, lalu coba lagi.",
        "There were too many attempts to sign in from where you are. Wait a while, then try again.");

    public static readonly LocalizedText Stale = new(
        "Halaman ini terbuka terlalu lama. Isi kembali.",
        "This page was open for too long. Fill it in again.");

    public static readonly LocalizedText SignedIn = new("Anda sudah masuk", "You are signed in");
    public static readonly LocalizedText As = new("Sebagai", "As");
    public static readonly LocalizedText SignOut = new("Keluar", "Sign out");
    public static readonly LocalizedText AskSignOut = new("Keluar dari MPP Digital?", "Sign out of MPP Digital?");
    public static readonly LocalizedText SignedOut = new("Anda sudah keluar", "You are signed out");
}
