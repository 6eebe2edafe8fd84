using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Routing;
using Mpp.Contracts;

namespace Mpp.Hosting.Json;

/// <summary>
/// How the services read and write JSON over HTTP: strictly, so that a misspelt field is an error and not a lost value.
/// </summary>
public static class MppJson
{
    /// <summary>
    /// Camel case, enums in kebab case; unknown, missing, repeated and <see langword="null"/> fields are refused unless
    /// the type allows them. A constructor parameter without a default value is required, also when it is nullable.
    /// </summary>
    public static JsonSerializerOptions Options => Lazy.Value;

    private static readonly Lazy<JsonSerializerOptions> Lazy = new(Create);

    /// <summary>Leaves letters of all languages readable, and escapes what HTML would take for markup.</summary>
    internal static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);

    internal static void AddMppJson(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => Apply(options.SerializerOptions));
        // Otherwise ASP.NET Core answers 400 itself, and keeps the exception that knows the field to itself.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNameCaseInsensitive = false;
        options.Encoder = Encoder;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.AllowDuplicateProperties = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new Rfc3339JsonConverter());
        options.Converters.Add(new FreeJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }
}
