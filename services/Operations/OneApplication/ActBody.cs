using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mpp.Operations.OneApplication;

/// <summary>Makes the interface's request for an act from what a person has written into the form.</summary>
internal static class ActBody
{
    private static readonly string[] Known = ["retry", "skip", "complete", "extend", "close"];

    /// <summary>The body; <see langword="null"/> when the form cannot be read as an act.</summary>
    /// <param name="form">What was sent.</param>
    /// <param name="reason">The reason, read already.</param>
    /// <param name="region">In whose time a new due time is.</param>
    public static JsonObject? Of(IFormCollection form, string reason, RegionCode region)
    {
        var act = form["act"].ToString();
        if (!Known.Contains(act))
        {
            return null;
        }

        var body = new JsonObject { ["act"] = act, ["reason"] = reason };
        if (act is "complete" or "close" && form["evidence"].ToString() is { Length: > 0 } evidence)
        {
            body["evidence"] = evidence;
        }

        if (act == "extend")
        {
            if (!DateTime.TryParseExact(form["dueAt"].ToString(), "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var local))
            {
                return null;
            }

            body["dueAt"] = new DateTimeOffset(local, region.TimeZone().GetUtcOffset(local))
                .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        }

        return act != "complete" || (Outputs(form, body) && Documents(form, body)) ? body : null;
    }

    private static bool Outputs(IFormCollection form, JsonObject body)
    {
        try
        {
            body["outputs"] = form["outputs"].ToString() is { Length: > 0 } text
                ? JsonNode.Parse(text) as JsonObject
                : new JsonObject();
            return body["outputs"] is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Documents(IFormCollection form, JsonObject body)
    {
        var documents = new JsonArray();
        foreach (var line in form["documents"].ToString()
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(';', StringSplitOptions.TrimEntries);
            if (parts.Length is < 3 or > 4)
            {
                return false;
            }

            documents.Add(new JsonObject
            {
                ["kind"] = parts[0],
                ["number"] = parts[1],
                ["validFrom"] = parts[2],
                ["validUntil"] = parts.ElementAtOrDefault(3) is { Length: > 0 } until ? until : null,
            });
        }

        body["documents"] = documents;
        return true;
    }
}
