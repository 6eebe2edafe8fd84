using Mpp.Local.Demonstration;
using Spectre.Console;

namespace Mpp.Local.Commands;

/// <summary>
/// Prints what became of an application: steps with agency and time, documents, total time, trace.
/// </summary>
internal static class OutcomeReport
{
    public static void Print(IAnsiConsole console, string package, Outcome outcome, TraceViewer? viewer)
    {
        var application = outcome.Application;
        var colour = application.Completed ? "green" : "red";
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .Title($"[bold]{application.Title.EscapeMarkup()}[/] ({package})  [bold]{application.Number}[/]  "
                + $"[{colour}]{application.Status}[/]")
            .AddColumns("Step", "Agency", "Status", "Time", "Document");
        table.Columns[3].RightAligned();
        foreach (var step in application.Steps)
        {
            var result = step.Documents.Select(document => $"{document.Kind} {document.Number}")
                .Concat(step.Reasons.Select(reason => $"{reason.Requirement}: {reason.Text}"));
            table.AddRow(
                step.Id.EscapeMarkup(), step.AgencyName.EscapeMarkup(), Status(step), Seconds(outcome.TimeOf(step.Id)),
                string.Join('\n', result).EscapeMarkup());
        }
        console.Write(table);
        console.WriteLine(
            $"Total {Seconds((application.EndedAt ?? outcome.Timeline.Items[^1].At) - application.SubmittedAt)}   "
                + $"trace {viewer?.PageOf(outcome.TraceId) ?? outcome.TraceId}");
        console.WriteLine();
    }

    private static string Status(StepView step) => step.Fee is { Paid: true } fee
        ? string.Create(CultureInfo.InvariantCulture, $"{step.Status}, Rp {fee.AmountRupiah:N0} paid")
        : step.Status;

    private static string Seconds(TimeSpan? time) =>
        time is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.000} s") : "";
}
