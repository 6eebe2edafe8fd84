namespace Mpp.Peers.Agencies;

/// <summary>A person of the civil registry, or a member of BPJS: what a step reads by NIK.</summary>
public sealed class Person
{
    public string Nik { get; set; } = "";

    public string Name { get; set; } = "";

    public DateOnly BirthDate { get; set; }

    public string? MotherNik { get; set; }

    public string? FamilyCardNumber { get; set; }

    public string? MembershipNumber { get; set; }
}

/// <summary>An entry of a register, with a number of its own.</summary>
public sealed class RegisterEntry
{
    /// <summary>From a sequence, a block at a time.</summary>
    public long Serial { get; set; }

    public string Kind { get; set; } = "";

    public string Number { get; set; } = "";

    public string Nik { get; set; } = "";

    public string? ChildNik { get; set; }

    /// <summary>The step's inputs, JSON.</summary>
    public string Details { get; set; } = "";

    public DateOnly IssuedOn { get; set; }

    public Guid ApplicationId { get; set; }

    public string StepId { get; set; } = "";
}

/// <summary>A step that was done, with its answer: asked again, the agency answers the same.</summary>
public sealed class StepRow
{
    public Guid ApplicationId { get; set; }

    public string StepId { get; set; } = "";

    public int Attempt { get; set; }

    public string Service { get; set; } = "";

    public string ApplicationNumber { get; set; } = "";

    public string Region { get; set; } = "";

    public string Channel { get; set; } = "";

    public DateTimeOffset ReceivedAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    /// <summary>The message that was sent, JSON.</summary>
    public string Answer { get; set; } = "";
}

/// <summary>What a step read in one round trip.</summary>
/// <param name="Row">The row of the register.</param>
/// <param name="Answer">The answer, when the step has been done before.</param>
public sealed record Found<T>(T Row, string? Answer);
