using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Operations.Access;
using Mpp.Operations.Data;
using Mpp.Operations.Mall;
using Mpp.Operations.Records;

namespace Mpp.Operations.OneApplication;

/// <summary>What came of an act.</summary>
/// <param name="Moved">The step stands otherwise than before: another state, attempt or time, or other matters.
/// </param>
/// <param name="Fault">Why it was not done.</param>
internal sealed record ActOutcome(bool Moved, string? Fault);

/// <summary>
/// Does an act through the mall's interface, as the person, and says whether the step has moved: that a request was
/// taken is no success yet.
/// </summary>
internal sealed class StepActs(MallApi api, OperationsDbContext database, ConsoleRecords records)
{
    public async Task<ActOutcome> DoAsync(
        Person person, string number, string step, JsonObject body, string key, Guid together,
        CancellationToken cancellationToken)
    {
        var region = await database.Applications.Within(person.Region, a => a.Region)
            .Where(a => a.Number == number).Select(a => a.Region).SingleOrDefaultAsync(cancellationToken);
        if (!person.CanAct)
        {
            return new ActOutcome(Moved: false, "Your role reads only.");
        }

        var path = $"v1/applications/{Uri.EscapeDataString(number)}";
        var before = await StandAsync(path, step, cancellationToken);
        var answer = await api.PostAsync($"{path}/steps/{Uri.EscapeDataString(step)}/acts", body,
            SafeKey(key), "en", cancellationToken);
        var outcome = answer switch
        {
            { Succeeded: true, Body: { } after } => new ActOutcome(Stand(after, step) != before, Fault: null),
            { Succeeded: true } => new ActOutcome(Moved: false, Fault: null),
            { IsAway: true } => new ActOutcome(
                Moved: false, "Applications did not answer. Look at the timeline before you try again."),
            _ => new ActOutcome(Moved: false, answer.Detail ?? $"HTTP {answer.Status}"),
        };
        await records.AddAsync(person, body["act"]!.GetValue<string>(), number, step, region ?? "",
            body["reason"]!.GetValue<string>(),
            outcome.Fault is null ? outcome.Moved ? "moved" : "unmoved" : answer.Problem ?? "unanswered",
            together, cancellationToken);
        return outcome;
    }

    private async Task<string?> StandAsync(string path, string step, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(path, "en", cancellationToken);
        return answer is { Succeeded: true, Body: { } body } ? Stand(body, step) : null;
    }

    /// <summary>Where a step stands, in a word that differs when it stands otherwise.</summary>
    private static string? Stand(JsonElement application, string step) => application.Items("steps")
        .Where(s => s.Text("id") == step)
        .Select(s => $"{s.Text("status")} {s.Text("since")} {s.Text("dueAt")} {s.GetProperty("attempt")} "
            + $"{s.GetProperty("needsOperator")}")
        .FirstOrDefault();

    private static string SafeKey(string key) => key.Length is > 8 and < 120
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? key : Guid.CreateVersion7().ToString("N");
}
