using System.Globalization;
using Mpp.Hosting.Clock;

namespace Mpp.Gateway.Sandbox;

/// <summary>Where the sandbox's clock is to go; exactly one is given.</summary>
/// <param name="Advance">By how much: <c>5.00:00:00</c> is five days.</param>
/// <param name="To">To which moment, ISO 8601 with its offset from UTC: <c>2026-12-01T08:00:00+08:00</c>.</param>
internal sealed record ClockMove(TimeSpan? Advance = null, DateTimeOffset? To = null);

/// <summary>The sandbox's clock.</summary>
/// <param name="Now">The time in the sandbox.</param>
/// <param name="Offset">How far that is ahead of the machine's.</param>
internal sealed record ClockState(DateTimeOffset Now, TimeSpan Offset);

/// <summary>
/// <c>/sandbox/clock</c>: five working days in a second. It exists only where the clock is a
/// <see cref="SandboxClock"/>, and that is only in the environment Sandbox.
/// </summary>
internal static class ClockEndpoint
{
    public static void MapSandboxClock(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TimeProvider>() is not SandboxClock clock)
        {
            return;
        }

        var one = new Lock();
        app.MapGet("/sandbox/clock", () => TypedResults.Ok(State(clock))).AllowAnonymous()
            .WithTags("Sandbox").WithName("GetClock").WithSummary("The time in the sandbox");
        app.MapPost("/sandbox/clock", async (ClockMove move, CancellationToken cancellationToken) =>
        {
            lock (one)
            {
                if (Move(clock, move) is { } problem)
                {
                    return problem;
                }
            }

            // Whoever has the answer sees the new time in every service.
            await Task.Delay(SandboxClock.SeenWithin, cancellationToken);
            return (IResult)TypedResults.Ok(State(clock));
        }).RequireScope(KnownScopes.SandboxClock).WithTags("Sandbox").WithName("MoveClock")
            .WithSummary("Move the time in the sandbox forward").Produces<ClockState>();
    }

    private static ClockState State(SandboxClock clock) => new(clock.GetUtcNow(), clock.Offset);

    private static Problem? Move(SandboxClock clock, ClockMove move)
    {
        if ((move.Advance is null) == (move.To is null))
        {
            return Problem.Invalid("", ErrorCodes.OneOf, "Give either advance or to.");
        }

        var (pointer, by) = ("/advance", move.Advance ?? TimeSpan.Zero);
        if (move.To is { } to)
        {
            (pointer, by) = ("/to", to - clock.GetUtcNow());
        }

        if (by <= TimeSpan.Zero)
        {
            return Problem.Invalid(pointer, ErrorCodes.NotForward, "The clock only moves forward.");
        }

        if (by > SandboxClock.Longest - clock.Offset)
        {
            return Problem.Invalid(pointer, ErrorCodes.TooFar, string.Create(
                CultureInfo.InvariantCulture, $"The clock moves {SandboxClock.Longest.TotalDays} days in all."));
        }

        clock.Move(clock.Offset + by);
        return null;
    }
}
