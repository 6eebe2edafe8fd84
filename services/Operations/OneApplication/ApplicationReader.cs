using System.Diagnostics;
using System.Text.Json;
using Mpp.Operations.Access;
using Mpp.Operations.Data;
using Mpp.Operations.Mall;

namespace Mpp.Operations.OneApplication;

/// <summary>
/// Puts an application together: from the coordinator, as the person who looks, and from the console's own copy. The
/// copy says what is behind the matters and acts; when the coordinator does not answer, it says all.
/// </summary>
internal sealed class ApplicationReader(OperationsDbContext database, MallApi api)
{
    private const int MostEntries = 500;

    /// <summary><see langword="null"/> when there is none that the person may see.</summary>
    public async Task<ApplicationView?> ReadAsync(
        string number, Person person, string language, CancellationToken cancellationToken)
    {
        if (!ApplicationNumber.TryParse(number, provider: null, out var parsed))
        {
            return null;
        }

        var row = await database.Applications.AsNoTracking().Within(person.Region, a => a.Region)
            .SingleOrDefaultAsync(a => a.Number == parsed.Value, cancellationToken);
        var path = $"v1/applications/{Uri.EscapeDataString(parsed.Value)}";
        var answer = await api.GetAsync(path, language, cancellationToken);
        if (row is null && !answer.Succeeded)
        {
            return null;
        }

        Activity.Current?.SetTag(TelemetryTags.ApplicationRead, parsed.Value);
        var own = row is null ? [] : await database.Steps.AsNoTracking().Where(s => s.ApplicationId == row.Id)
            .OrderBy(s => s.Ordinal).ToListAsync(cancellationToken);
        return answer is { Succeeded: true, Body: { } body }
            ? Told(body, own, await TimelineAsync(path, language, cancellationToken))
            : await OwnAsync(row!, own, cancellationToken);
    }

    private static ApplicationView Told(
        JsonElement body, IReadOnlyList<StepRow> own, IReadOnlyList<EntryView> timeline) => new(
        body.Text("number")!, body.Text("package")!, body.GetProperty("packageVersion").GetInt32(),
        body.Text("region")!, body.Text("channel") ?? "", Value<ApplicationStatus>(body, "status"),
        body.Text("statusText"), body.Moment("submittedAt")!.Value, body.Moment("updatedAt")!.Value,
        body.Moment("endedAt"), Source.Coordinator,
        [.. body.Items("nextToAct").Select(n => new NextToActView(n.Text("name") ?? "", n.Moment("until")))],
        [.. body.Items("steps").Select(s => Step(s, own.FirstOrDefault(o => o.Step == s.Text("id"))))],
        timeline);

    private static StepView Step(JsonElement step, StepRow? own) => new(
        step.Text("id")!, step.Text("service")!, Value<StepStatus>(step, "status"), step.Text("statusText"),
        step.TryGetProperty("attempt", out var attempt) ? attempt.GetInt32() : 0, step.Moment("since")!.Value,
        step.Moment("dueAt"), own?.WaitsFor, own?.Matters ?? [], own?.Acts ?? [],
        [.. step.Items("reasons").Select(r => new ReasonView(r.Text("requirement") ?? "", r.Text("text")))],
        step.Part("fee")?.Text("billingCode"),
        [
            .. new[] { step.Text("agencyFileNumber") }.OfType<string>().Where(text => text.Length > 0),
            .. step.Items("documents").Select(d => $"{d.Text("kind")}: {d.Text("number")}"),
        ]);

    private async Task<IReadOnlyList<EntryView>> TimelineAsync(
        string path, string language, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync($"{path}/timeline?limit={MostEntries}", language, cancellationToken);
        return answer is { Succeeded: true, Body: { } body } ? [.. body.Items("items").Select(Entry)] : [];
    }

    private static EntryView Entry(JsonElement entry)
    {
        var data = entry.Part("data");
        var trace = entry.Part("trace");
        return new EntryView(
            entry.GetProperty("sequence").GetInt64(), entry.Moment("at")!.Value, entry.Text("kind")!,
            entry.Text("text"), data?.Text("step"),
            data?.Part("by")?.Text("subject") ?? data?.Part("by")?.Text("client"),
            // An applicant's words may say who they are; an operator's may not.
            data?.Part("by")?.Text("role") == "operator" ? data?.Text("reason") : null,
            trace?.Text("traceId"),
            trace?.Text("url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https" ? address : null);
    }

    private async Task<ApplicationView> OwnAsync(
        ApplicationRow row, IReadOnlyList<StepRow> own, CancellationToken cancellationToken)
    {
        var entries = await database.Entries.AsNoTracking().Where(e => e.ApplicationId == row.Id)
            .OrderBy(e => e.Sequence).Take(MostEntries).ToListAsync(cancellationToken);
        return new ApplicationView(
            row.Number, row.Package, row.PackageVersion, row.Region, row.Channel, row.Status, StatusText: null,
            row.SubmittedAt, row.UpdatedAt, row.EndedAt, Source.OwnCopy, [],
            [.. own.Select(s => new StepView(s.Step, s.Service, s.Status, StatusText: null, s.Attempt, s.Since,
                s.DueAt, s.WaitsFor, s.Matters, s.Acts,
                [.. s.Requirements.Select(r => new ReasonView(r, Text: null))], s.BillingCode, []))],
            [.. entries.Select(e => new EntryView(e.Sequence, e.At, e.Kind, Text: null, e.Step, By: null, Reason: null,
                e.Trace is { } trace ? Convert.ToHexStringLower(trace) : null, Trace: null))]);
    }

    private static T Value<T>(JsonElement json, string name) where T : struct, Enum =>
        Kebab.Values<T>()[json.Text(name)!];
}
