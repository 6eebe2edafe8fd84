namespace Mpp.Local;

/// <summary>
/// Something that a person can mend. The message is one line that says what is wrong and how to mend it.
/// </summary>
public sealed class LocalException(string message, Exception? inner = null) : Exception(message, inner);
