using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Agency;

/// <summary>A step to do.</summary>
/// <param name="Step">The identity of the work.</param>
/// <param name="ApplicationNumber">For people.</param>
/// <param name="Region">The region the application belongs to.</param>
/// <param name="Channel">How the citizen came.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Today">The date in the region: at 23:30 UTC it is tomorrow in all of Indonesia.</param>
/// <param name="Input">The fields mapped to this step.</param>
public sealed record StepRequest<TInput>(
    StepRef Step, ApplicationNumber ApplicationNumber, RegionCode Region, string Channel, DateTimeOffset? DueAt, DateOnly Today, TInput Input);

/// <summary>A step to undo.</summary>
/// <param name="Step">The identity of the work.</param>
/// <param name="Today">The date in the region of the application.</param>
/// <param name="Reason">Why, a code.</param>
/// <param name="Completed">The outputs that the step was completed with; <see langword="null"/> when it is still in hand.</param>
public sealed record StepCancellation(StepRef Step, DateOnly Today, string Reason, JsonElement? Completed);
