namespace Mpp.Local;

/// <summary>Random passwords by name, made once and kept in a file that only its owner may read.</summary>
internal sealed class Secrets(string file)
{
    private readonly Lock _gate = new();
    private Dictionary<string, string>? _values;

    public string this[string name] =>
        GetOrAdd(name, static () => RandomNumberGenerator.GetHexString(40, lowercase: true));

    public string GetOrAdd(string name, Func<string> create)
    {
        lock (_gate)
        {
            _values ??= File.Exists(file)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!
                : [];
            if (!_values.TryGetValue(name, out var value))
            {
                _values[name] = value = create();
                Write();
            }
            return value;
        }
    }

    // A new file in place of the old one: a run that is killed in between leaves the old passwords, not half of
    // the new ones.
    private void Write()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var stream = new FileStream(file + ".new", options))
        {
            JsonSerializer.Serialize(stream, _values);
        }
        File.Move(file + ".new", file, overwrite: true);
    }
}
