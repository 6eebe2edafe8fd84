using Mpp.Agency.Inputs;

namespace Mpp.Agency;

/// <summary>A question before anything is filed: what would stand against the service?</summary>
public sealed class PrecheckRequest
{
    private readonly JsonElement _inputs;

    internal PrecheckRequest(RegionCode region, DateOnly today, JsonElement inputs, IReadOnlyList<InputFault> faults)
    {
        (Region, Today, Faults, _inputs) = (region, today, faults, inputs);
    }

    /// <summary>The region that the application would belong to.</summary>
    public RegionCode Region { get; }

    /// <summary>The date there.</summary>
    public DateOnly Today { get; }

    internal IReadOnlyList<InputFault> Faults { get; }

    /// <summary>
    /// A field's value; <see langword="null"/> when it is not known yet, or when it is wrong, which the kit itself
    /// reports.
    /// </summary>
    /// <param name="field">The field's name on the wire.</param>
    public T? Value<T>(string field) where T : struct =>
        Given(field) is { } value ? value.Deserialize<T>(InputReader.Options) : null;

    /// <summary>A field that is an object; <see langword="null"/> as with <see cref="Value{T}"/>.</summary>
    /// <param name="field">The field's name on the wire.</param>
    public T? Object<T>(string field) where T : class => Given(field)?.Deserialize<T>(InputReader.Options);

    /// <summary>A text field; <see langword="null"/> as with <see cref="Value{T}"/>.</summary>
    /// <param name="field">The field's name on the wire.</param>
    public string? Text(string field) => Given(field)?.GetString();

    private JsonElement? Given(string field)
    {
        if (_inputs.ValueKind != JsonValueKind.Object || !_inputs.TryGetProperty(field, out var value))
        {
            return null;
        }

        var isWrong = Faults.Any(f => f.IsIn(InputReader.PointerTo(field)));
        return value.ValueKind == JsonValueKind.Null || isWrong ? null : value;
    }
}
