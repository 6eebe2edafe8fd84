using System.Text.Json;
using System.Text.RegularExpressions;
using Mpp.Contracts;
using Mpp.Hosting.Json;

namespace Mpp.Hosting.Problems;

/// <summary>
/// Says what is wrong with a request body. 400 <c>malformed-json</c>: it is not JSON. 422 <c>invalid-request</c>: it is
/// JSON, but a field is missing, unknown, repeated, of the wrong type or impossible; the pointer names the field,
/// nothing repeats its value.
/// </summary>
internal static partial class JsonFault
{
    private const string OnceOnly = "The field is there more than once.";

    public static Problem Describe(JsonException exception)
    {
        if (IsSyntax(exception))
        {
            var place = exception is { LineNumber: { } line, BytePositionInLine: { } position }
                ? $" (line {line + 1}, byte {position + 1})"
                : "";
            return Problem.Of(ProblemCodes.MalformedJson, $"The body is not well-formed JSON{place}.");
        }

        return Problem.Of(
            ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", [.. Errors(exception)]);
    }

    private static IEnumerable<FieldError> Errors(JsonException exception)
    {
        var pointer = JsonPointer.FromPath(exception.Path);
        var message = exception.Message;

        if (exception is RepeatedNameException repeated)
        {
            return [new FieldError(pointer + repeated.Pointer, ErrorCodes.DuplicateField, OnceOnly)];
        }

        if (Missing().Match(message) is { Success: true } missing)
        {
            return Quoted().Matches(missing.Groups["names"].Value).Select(name => new FieldError(
                JsonPointer.Append(pointer, name.Groups["name"].Value), ErrorCodes.Missing, "The field is required."));
        }

        return [Unknown().Match(message) is { Success: true } unknown ? new FieldError(
            WithName(pointer, unknown.Groups["name"].Value), ErrorCodes.UnknownField, "There is no such field.")
            : Duplicate().Match(message) is { Success: true } duplicate ? new FieldError(WithName(
                pointer, duplicate.Groups["name"].Value), ErrorCodes.DuplicateField, OnceOnly)
            : NotNull().IsMatch(message) ? new FieldError(pointer, ErrorCodes.Null, "The field cannot be null.")
            // System.Text.Json adds the place to its own messages only; what a converter of ours says is meant
            // for the caller.
            : message.Contains(" | LineNumber: ", StringComparison.Ordinal) ? new FieldError(
                pointer, ErrorCodes.WrongType, "The value has the wrong type or form.")
            : new FieldError(pointer, message == Rfc3339.Expected ? ErrorCodes.InvalidDate : ErrorCodes.Invalid,
                message)];
    }

    /// <summary>The path ends in the field already, or in the object that has it: both occur.</summary>
    private static string WithName(string pointer, string name)
    {
        var last = JsonPointer.Append("", name);
        return pointer.EndsWith(last, StringComparison.Ordinal) ? pointer : pointer + last;
    }

    // Both occur: the reader's fault thrown as it is, and wrapped by the serializer.
    private static bool IsSyntax(JsonException exception) =>
        IsOfReader(exception) || IsOfReader(exception.InnerException)
        || exception.InnerException is System.Text.DecoderFallbackException;

    // By name, because the type is internal.
    private static bool IsOfReader(Exception? exception) => exception?.GetType().Name == "JsonReaderException";

    [GeneratedRegex("missing required properties including: (?<names>.+)$", RegexOptions.Singleline, 100)]
    private static partial Regex Missing();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.None, 100)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        "^The JSON property '(?<name>.+)' could not be mapped to any \\.NET member", RegexOptions.Singleline, 100)]
    private static partial Regex Unknown();

    [GeneratedRegex("^Duplicate property '(?<name>.+?)' encountered", RegexOptions.Singleline, 100)]
    private static partial Regex Duplicate();

    [GeneratedRegex("^The (?:property or field|constructor parameter) '[^']+' on type '.*' doesn't allow",
        RegexOptions.Singleline, 100)]
    private static partial Regex NotNull();
}
