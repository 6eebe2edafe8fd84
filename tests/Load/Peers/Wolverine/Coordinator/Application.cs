namespace Mpp.Peers.Coordinator;

/// <summary>An application, with its steps.</summary>
public sealed class Application
{
    public Guid Id { get; set; }

    public string Number { get; set; } = "";

    public string Package { get; set; } = "";

    public int PackageVersion { get; set; }

    public string Region { get; set; } = "";

    public string Channel { get; set; } = "";

    public string Client { get; set; } = "";

    public string Status { get; set; } = "";

    /// <summary>The number of the latest entry of its timeline.</summary>
    public long Sequence { get; set; }

    /// <summary>What the applicant gave, JSON.</summary>
    public string Input { get; set; } = "";

    public DateTimeOffset SubmittedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>PostgreSQL's own row version: two writers at once are found out.</summary>
    public uint Version { get; set; }

    public List<Step> Steps { get; } = [];
}

/// <summary>A step of an application.</summary>
public sealed class Step
{
    public Guid ApplicationId { get; set; }

    public string StepId { get; set; } = "";

    public string Service { get; set; } = "";

    public string Status { get; set; } = "";

    public int Attempt { get; set; } = 1;

    public DateTimeOffset? RequestedAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>What the agency gave back, JSON.</summary>
    public string? Outputs { get; set; }

    /// <summary>The documents that it issued, JSON.</summary>
    public string? Documents { get; set; }
}

/// <summary>An entry of an application's timeline; only ever added.</summary>
public sealed class TimelineEntry
{
    public Guid ApplicationId { get; set; }

    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public string Kind { get; set; } = "";

    /// <summary>JSON.</summary>
    public string Data { get; set; } = "";
}
