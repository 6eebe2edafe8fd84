using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mpp.Contracts;

/// <summary>Writes an enum as kebab-case text, for example <c>awaiting-applicant</c>; numbers are not read.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class KebabEnumConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
