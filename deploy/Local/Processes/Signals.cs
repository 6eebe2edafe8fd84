using System.Runtime.InteropServices;

namespace Mpp.Local.Processes;

internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static class Signals
{
    /// <summary>Sends a signal; <see langword="false"/> when the process is gone.</summary>
    public static bool Send(int pid, Signal signal) => kill(pid, (int)signal) == 0;

    public static bool IsRoot => geteuid() == 0;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();
}
