namespace Mpp.Applications.Flow;

/// <summary>Judges a step's <c>when</c>. The catalogue has checked its form.</summary>
internal static class Conditions
{
    public static bool Holds(StepCondition? condition, Dossier dossier) => condition switch
    {
        null => true,
        { All: { } all } => all.All(c => Holds(c, dossier)),
        { Any: { } any } => any.Any(c => Holds(c, dossier)),
        { Not: { } not } => !Holds(not, dossier),
        { Value: { } pointer } => Test(condition, dossier.Resolve(pointer)),
        _ => false,
    };

    private static bool Test(StepCondition test, JsonElement? value) => test switch
    {
        { Exists: { } asked } => value.HasValue == asked,
        { OneOf: { } values } => value is { } actual && values.Any(v => JsonElement.DeepEquals(v, actual)),
        { AtLeast: { } least } => value is { ValueKind: JsonValueKind.Number } number && AtLeast(number, least),
        _ => false,
    };

    // A number too large for a decimal still compares, as a double.
    private static bool AtLeast(JsonElement number, decimal least) =>
        number.TryGetDecimal(out var exact) ? exact >= least : number.GetDouble() >= (double)least;
}
