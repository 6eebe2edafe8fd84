namespace Mpp.Local;

/// <summary>A report on the way to a running mall.</summary>
/// <param name="Part">What is being started, for example <c>RabbitMQ</c> or <c>police</c>.</param>
/// <param name="State">What it is doing, for example <c>starting</c>.</param>
/// <param name="Done">Whether the part is ready.</param>
public sealed record LocalProgress(string Part, string State, bool Done = false);
