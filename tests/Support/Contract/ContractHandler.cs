using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Mpp.Support.Contract;

/// <summary>An answer is not what the published document says.</summary>
public sealed class ContractException(string message) : Exception(message);

/// <summary>
/// Holds every answer that a test's client gets from the gateway against the published document, streams of events line
/// by line, and fails the call that gets another.
/// </summary>
public sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Events = "text/event-stream";

    private static readonly PublishedContract Contract = PublishedContract.Load();

    private static int _answers;

    /// <summary>How many answers were held against the document in this process.</summary>
    public static int Answers => Volatile.Read(ref _answers);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var mediaType = answer.Content.Headers.ContentType?.MediaType;
        byte[]? body = null;
        if (mediaType is not Events)
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        }

        var headers = answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var faults = Contract.Answer(
            request.Method.Method, request.RequestUri!.AbsolutePath, (int)answer.StatusCode, mediaType, headers, body);
        Interlocked.Increment(ref _answers);
        if (faults.Count > 0)
        {
            throw new ContractException(string.Join('\n', faults));
        }

        if (mediaType is Events)
        {
            answer.Content = Watched(answer.Content, await answer.Content.ReadAsStreamAsync(cancellationToken));
        }

        return answer;
    }

    private static StreamContent Watched(HttpContent original, Stream stream)
    {
        var content = new StreamContent(new WatchedEvents(stream, Contract));
        foreach (var (name, values) in original.Headers)
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        content.Headers.ContentType = MediaTypeHeaderValue.Parse(Events);
        return content;
    }

    /// <summary>A stream of events that is looked at as it is read.</summary>
    private sealed class WatchedEvents(Stream inner, PublishedContract contract) : Stream
    {
        private readonly MemoryStream _line = new();
        private string? _kind;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Look(buffer.Span[..read]);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            Look(buffer.AsSpan(offset, read));
            return read;
        }

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                _line.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Look(ReadOnlySpan<byte> bytes)
        {
            foreach (var b in bytes)
            {
                if (b != '\n')
                {
                    _line.WriteByte(b);
                    continue;
                }

                Look(Encoding.UTF8.GetString(_line.ToArray()));
                _line.SetLength(0);
            }
        }

        private void Look(string line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                _kind = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var item = JsonElement.Parse(line["data: ".Length..]);
                var faults = contract.Component("TimelineItem", item).ToList();
                if (item.GetProperty("kind").GetString() != _kind)
                {
                    faults.Add($"/kind is not the event {_kind}");
                }

                if (faults.Count > 0)
                {
                    throw new ContractException($"StreamEvents 200: {string.Join('\n', faults)}");
                }
            }
        }
    }
}
