namespace Mpp.Applications.Flow;

[JsonConverter(typeof(KebabEnumConverter<OperatorAct>))]
internal enum OperatorAct
{
    /// <summary>Ask the agency again for what it was asked.</summary>
    Retry,

    /// <summary>Go on without the step.</summary>
    Skip,

    /// <summary>The work is done outside the system.</summary>
    Complete,

    /// <summary>Give the agency until another time.</summary>
    Extend,

    /// <summary>What was left when the step was over has been dealt with: the citizen knows what stands.</summary>
    Close,
}

/// <summary>Why a step is on the operators' worklist.</summary>
[JsonConverter(typeof(KebabEnumConverter<OperatorMatter>))]
internal enum OperatorMatter
{
    /// <summary>Little of the agency's time is left.</summary>
    DueSoon,

    /// <summary>The agency's time is over.</summary>
    Overdue,

    /// <summary>The agency has not answered.</summary>
    Stalled,

    /// <summary>What the agency replied does not fit its published standard.</summary>
    ReplyRejected,

    /// <summary>The agency does not withdraw the step, though it was asked to.</summary>
    Kept,

    /// <summary>What the agency granted stands, though the application is cancelled.</summary>
    Stands,

    /// <summary>Money was paid for what is not done, and is not paid back yet.</summary>
    RefundDue,
}
