using Mpp.Contracts.Payments;

namespace Mpp.Agency.Steps;

/// <summary>A step as the kit hands it to a service: asked for just now, or taken up again.</summary>
internal sealed record StepWork(
    StepRef Step, string Service, ApplicationNumber ApplicationNumber, RegionCode Region, string Channel,
    DateTimeOffset? DueAt, JsonElement Inputs, IReadOnlyList<string> Corrected)
{
    public FeePaid? Paid { get; init; }

    public DateTimeOffset? BoundByLaw { get; init; }

    public static StepWork Of(StepRequest message) => new(
        message.Step, message.Service, message.ApplicationNumber, message.Region, message.Channel, message.DueAt,
        message.Inputs, message.Corrected);

    /// <summary>The work of a step that is not over, from what was kept of it.</summary>
    /// <exception cref="InvalidOperationException">The row has no inputs.</exception>
    public static StepWork Of(StepRow row) => row.Inputs is null
        ? throw new InvalidOperationException(
            $"The inputs of step {row.StepId}, attempt {row.Attempt}, of application {row.ApplicationId} are not kept.")
        : new(
            row.Step, row.Service, row.ApplicationNumber!.Value, row.Region!.Value, row.Channel!, row.DueAt,
            JsonElement.Parse(row.Inputs), JsonSerializer.Deserialize<IReadOnlyList<string>>(row.Corrected!)!)
        {
            Paid = row.Paid is null ? null : JsonSerializer.Deserialize<FeePaid>(row.Paid),
            BoundByLaw = row.BoundByLaw,
        };
}
