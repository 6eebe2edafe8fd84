using System.Text.Json;

namespace Mpp.Payments;

internal static class Names
{
    /// <summary>A state as it is in the database and on the wire: kebab-case.</summary>
    public static string Of<T>(T state) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());
}
