using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Hosting.Clock;

namespace Mpp.Applications.Coordination;

/// <summary>
/// Keeps replies to applications that are not here for an operator, each once with a count. They are not tried again.
/// Only the table and the counter show them until there is an operators' console.
/// </summary>
internal sealed partial class UnknownReplies(
    ApplicationsDbContext database, FlowMeters meters, IAfterCommit afterCommit, TimeProvider time,
    ILogger<UnknownReplies> logger)
{
    public async Task RecordAsync(Guid id, Input input, CancellationToken cancellationToken)
    {
        // An application's row stays when its personal data are erased. Only a restored backup can lack the row to
        // which an alarm was on its way.
        if (input is not Input.Reply reply)
        {
            return;
        }

        var now = time.Now();
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO unknown_replies (application_id, step, attempt, kind, count, first_at, last_at)
            VALUES ({id}, {reply.Step.StepId}, {reply.Step.Attempt}, {reply.Kind}, 1, {now}, {now})
            ON CONFLICT (application_id, step, attempt, kind) DO UPDATE
                SET count = unknown_replies.count + 1, last_at = EXCLUDED.last_at
            """,
            cancellationToken);
        afterCommit.Do(meters.UnknownReply);
        Unknown(logger, reply.Kind, id);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "A reply {Kind} came for application {ApplicationId}, which is not here; it is kept in unknown_replies.")]
    private static partial void Unknown(ILogger logger, string kind, Guid applicationId);
}
