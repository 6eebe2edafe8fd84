namespace Mpp.Agency.Steps;

/// <summary>What was looked up for a delivery's step, with those of its batch. Empty when it is done alone.</summary>
internal sealed class StepLookup
{
    /// <summary>The input as it was read, and what was found for it.</summary>
    public (StepRef Step, object Input, object? Found)? Of { get; set; }
}
