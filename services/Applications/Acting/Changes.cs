using Mpp.Applications.Flow;

namespace Mpp.Applications.Acting;

/// <summary>Changes to what the applicant gave: pointer into the input → new value.</summary>
internal static class Changes
{
    public const string Erased = "erased";
    public const string WhyErased = "What was filed has been erased after its retention; file a new application.";

    /// <summary>What the package's form has against the input as it would be.</summary>
    /// <param name="application">The application.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="places">Where in the request each place was given.</param>
    /// <param name="elsewhere">Where in the request to show a fault of another place.</param>
    public static IEnumerable<FieldError> Faults(
        LockedApplication application, Dictionary<string, JsonElement> changes,
        IReadOnlyList<(string Place, string Pointer)> places, string elsewhere)
    {
        if (application.State.Dossier.Input is not { } input)
        {
            return [new(elsewhere, Erased, WhyErased)];
        }

        JsonElement changed;
        try
        {
            changed = JsonPointer.Set(input, JsonSerializer.SerializeToElement(changes));
        }
        catch (ArgumentException)
        {
            return [new(elsewhere, "unknown-field", "There is no such field.")];
        }

        return application.Form.Check(changed, application.Today).Select(fault =>
        {
            var at = fault.Pointer["/input".Length..];
            var (place, pointer) = places.FirstOrDefault(
                p => at == p.Place || at.StartsWith(p.Place + "/", StringComparison.Ordinal));
            return place is null
                ? fault with { Pointer = elsewhere }
                : fault with { Pointer = pointer + at[place.Length..] };
        });
    }
}
