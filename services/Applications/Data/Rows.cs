using Mpp.Applications.Flow;

namespace Mpp.Applications.Data;

/// <summary>
/// An application. Holds no personal data except numbers that lead to them (<see cref="Event.PersonalDataErased"/>):
/// the rest is in <see cref="PersonalDataRow"/>. The row stays for good, as the record of what the mall did.
/// </summary>
internal sealed class ApplicationRow
{
    public Guid Id { get; set; }

    public string Number { get; set; } = "";

    public string Package { get; set; } = "";

    public int PackageVersion { get; set; }

    public string Region { get; set; } = "";

    public string Channel { get; set; } = "";

    /// <summary>The client that handles it: the one that submitted it, or took it over in another channel.</summary>
    public string Client { get; set; } = "";

    public ApplicationStatus Status { get; set; }

    /// <summary>How many of its steps are on the operators' worklist.</summary>
    public int Worklist { get; set; }

    public long Sequence { get; set; }

    /// <summary>
    /// <see cref="ApplicationState"/>: the fold of the timeline, kept so that it need not be folded at every message.
    /// </summary>
    public string State { get; set; } = "";

    public DateTimeOffset SubmittedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>
/// An entry of an application's timeline; only ever added. The erasure takes numbers out of it and leaves the rest.
/// </summary>
internal sealed class TimelineRow
{
    public Guid ApplicationId { get; set; }

    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public string Kind { get; set; } = "";

    public string Data { get; set; } = "";

    /// <summary>The span that caused it, as <see cref="Mpp.Hosting.Telemetry.SpanRef"/> has it.</summary>
    public byte[]? Span { get; set; }
}

/// <summary>
/// What an applicant gave (<c>input</c>, <c>changes/{number}</c>) or an agency gave back (<c>steps/{step id}</c>).
/// Apart from everything else, so that the rows of an application are erased when its retention ends and the rest
/// stays. Type json, not jsonb: nothing searches in it, and it goes on to the agencies exactly as it came.
/// </summary>
internal sealed class PersonalDataRow
{
    public Guid ApplicationId { get; set; }

    public string Part { get; set; } = "";

    public string Content { get; set; } = "";
}

/// <summary>
/// A published version of a package; never changed and never removed, so that a running application does not depend on
/// the catalogue.
/// </summary>
internal sealed class PackageDefinitionRow
{
    public string Code { get; set; } = "";

    public int Version { get; set; }

    public string Definition { get; set; } = "";

    /// <summary>Whether the catalogue still publishes it.</summary>
    public bool Offered { get; set; }
}

/// <summary>
/// A service's published standard, as the catalogue described it last; one that is no longer published stays, for the
/// applications that run.
/// </summary>
internal sealed class ServiceDefinitionRow
{
    public string Code { get; set; } = "";

    public string Definition { get; set; } = "";
}

/// <summary>What people call an agency (<c>police</c>) or a service (<c>police/skck</c>).</summary>
internal sealed class CatalogueNameRow
{
    public string Code { get; set; } = "";

    public string Indonesian { get; set; } = "";

    public string English { get; set; } = "";
}

/// <summary>
/// Replies to applications that are not here, for an operator to look at. Their content is not kept: it may be the
/// personal data of an unknown person.
/// </summary>
internal sealed class UnknownReplyRow
{
    public Guid ApplicationId { get; set; }

    public string Step { get; set; } = "";

    public int Attempt { get; set; }

    public string Kind { get; set; } = "";

    public int Count { get; set; }

    public DateTimeOffset FirstAt { get; set; }

    public DateTimeOffset LastAt { get; set; }
}

/// <summary>A person whom somebody asked about before anything was filed.</summary>
internal sealed class PrecheckRecordRow
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public string Client { get; set; } = "";

    /// <summary>Who used the client, where it says so.</summary>
    public string? Subject { get; set; }

    /// <summary>Personal data: the row records whose data somebody looked at.</summary>
    public string Nik { get; set; } = "";

    public string Package { get; set; } = "";

    public string Region { get; set; } = "";
}
