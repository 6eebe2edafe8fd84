namespace Mpp.Messaging;

/// <summary>
/// A message from somebody who may not send it. It changes nothing, is not tried again, and goes to the failure queue.
/// </summary>
/// <param name="message">Which message it is, in words.</param>
/// <param name="sender">The broker's user who sent it; <see langword="null"/> when the message does not say.</param>
public sealed class ForeignSenderException(string message, string? sender)
    : Exception(sender is null ? $"{message} without a user id." : $"{message} is not {sender}'s to send.");
