namespace Mpp.Operations.Frame;

/// <summary>The addresses of the console.</summary>
internal static class ConsolePaths
{
    public const string Base = "/console";
    public const string Now = $"{Base}/now";
    public const string Applications = $"{Base}/applications";
    public const string Events = $"{Base}/events";
    public const string SignOut = $"{Base}/sign-out";
    public const string Goodbye = $"{Base}/goodbye";

    public static string Application(string number) => $"{Applications}/{Uri.EscapeDataString(number)}";

    public static string Act(string number, string step) =>
        $"{Application(number)}/steps/{Uri.EscapeDataString(step)}/act";

    public static string Show(string number) => $"{Application(number)}/show";
}
