using Mpp.Operations.Frame;
using Mpp.Operations.Mall;

namespace Mpp.Operations.Troubles;

/// <summary>A trouble in words: what is wrong, and with whom.</summary>
internal static class TroubleTexts
{
    /// <summary>Who has it.</summary>
    public static LocalizedText Whose(Trouble trouble, Catalogue catalogue) =>
        trouble.Service.Contains('/', StringComparison.Ordinal)
            ? catalogue.Name(trouble.Service)
            : MallServices.Title(trouble.Service);

    /// <summary>What is wrong.</summary>
    public static LocalizedText Of(Trouble trouble)
    {
        var count = (long)Math.Round(trouble.Figure);
        var span = TimeSpan.FromSeconds(Math.Abs(trouble.Figure));
        LocalizedText number = new(Times.Number(count, "id"), Times.Number(count, "en"));
        LocalizedText time = new(Times.Span(span, "id"), Times.Span(span, "en"));
        return trouble.Kind switch
        {
            TroubleKind.ServiceSilent => new(
                $"tidak memberi tanda hidup sejak {time.Id}", $"has given no sign of life for {time.En}"),
            TroubleKind.ServiceFailing => new(
                $"tidak mendapat {trouble.What}", $"does not get {trouble.What}"),
            TroubleKind.Restarts => new(
                $"mulai ulang {number.Id} kali dalam 10 menit", $"has started again {number.En} times in 10 minutes"),
            TroubleKind.RelayStopped => new(
                $"pesan keluar tertahan {time.Id}", $"outgoing messages have waited for {time.En}"),
            TroubleKind.TimersLate => new(
                $"{number.Id} pewaktu terlambat", $"{number.En} timers are late"),
            TroubleKind.QueueGrowing => new(
                $"{number.Id} pesan menunggu di antrean {trouble.What}",
                $"{number.En} messages wait in the queue {trouble.What}"),
            TroubleKind.DeadMessages => new(
                $"{number.Id} pesan tidak terproses", $"{number.En} messages could not be processed"),
            TroubleKind.ClockSkew => new(
                $"jamnya berbeda {time.Id}", $"its clock is {time.En} off"),
            TroubleKind.AgencySlow => new(
                $"{number.Id} langkah menunggu lebih lama daripada biasanya",
                $"{number.En} steps wait longer than is usual there"),
            _ => throw new ArgumentOutOfRangeException(nameof(trouble), trouble.Kind, "No such trouble."),
        };
    }
}
