namespace Mpp.Messaging;

/// <summary>
/// A message of somebody who has no part in it. It changes nothing, is not tried again, and lies in the failure queue.
/// </summary>
/// <param name="message">What it is.</param>
/// <param name="sender">The broker's user who sent it; <see langword="null"/> when it does not say.</param>
public sealed class ForeignSenderException(string message, string? sender)
    : Exception(sender is null ? $"{message} without a user id." : $"{message} is not {sender}'s to send.");
