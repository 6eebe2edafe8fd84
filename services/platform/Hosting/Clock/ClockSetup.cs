using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mpp.Hosting.Clock;

internal static class ClockSetup
{
    private const string Key = $"{SandboxOptions.Section}:{nameof(SandboxOptions.ClockFile)}";

    /// <summary>
    /// The machine's clock; in the environment Sandbox with <c>Sandbox:ClockFile</c> the clock that follows that file.
    /// </summary>
    public static void AddClock(this IServiceCollection services) => services.TryAddSingleton(provider =>
        provider.GetRequiredService<IHostEnvironment>().IsEnvironment(SandboxClock.EnvironmentName)
            && provider.GetRequiredService<IConfiguration>()[Key] is { Length: > 0 } file
            ? new SandboxClock(file)
            : TimeProvider.System);

    public static OptionsBuilder<SandboxOptions> ValidateClock(
        this OptionsBuilder<SandboxOptions> options, IHostEnvironment environment) => options
            .Validate(o => o.ClockFile.Length == 0 || environment.IsEnvironment(SandboxClock.EnvironmentName),
                $"{Key} is set, but the environment is {environment.EnvironmentName}: only a sandbox may move its "
                    + $"clock. Remove {Key}, or set ASPNETCORE_ENVIRONMENT to {SandboxClock.EnvironmentName}.")
            .Validate(o => o.ClockFile.Length == 0
                || (Path.IsPathFullyQualified(o.ClockFile) && Directory.Exists(Path.GetDirectoryName(o.ClockFile))),
                $"{Key} must be the absolute path of a file, in a folder that exists.");
}
