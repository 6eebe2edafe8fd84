namespace Mpp.Hosting.Start;

/// <summary>
/// Why the service cannot start, in one line for the operator: printed without a stack trace, exit code 1.
/// </summary>
/// <param name="message">What is wrong and, where it is known, how to mend it.</param>
/// <param name="inner">The cause, for debuggers.</param>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
