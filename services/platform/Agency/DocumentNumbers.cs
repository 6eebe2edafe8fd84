using System.Collections.Concurrent;

namespace Mpp.Agency;

/// <summary>
/// Serial numbers for documents from PostgreSQL sequences, unique over all copies of the service. Each copy takes a
/// block at a time, so that most numbers cost no round trip; numbers of a block that is not used up when a copy stops
/// are never given out. For numbers that must not be guessable draw random ones instead.
/// </summary>
public sealed class DocumentNumbers
{
    internal const int BlockSize = 32;

    private readonly ConcurrentDictionary<string, Block> _blocks = new(StringComparer.Ordinal);

    /// <summary>The next number, from 1.</summary>
    /// <param name="database">The agency's database; its model has
    /// the sequence (<see cref="DocumentNumbersExtensions.HasDocumentNumbers"/>).</param>
    /// <param name="sequence">The sequence's name.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async ValueTask<long> NextAsync(DbContext database, string sequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var block = _blocks.GetOrAdd(sequence, _ => new Block());
        await block.Gate.WaitAsync(cancellationToken);
        try
        {
            if (block.Left == 0)
            {
                // nextval is outside any transaction: a block taken in one that rolls back stays taken.
                block.Next = await database.Database.SqlQuery<long>(
                    $"select nextval({sequence}::regclass) as \"Value\"").SingleAsync(cancellationToken);
                block.Left = BlockSize;
            }

            block.Left--;
            return block.Next++;
        }
        finally
        {
            block.Gate.Release();
        }
    }

    private sealed class Block
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public long Next { get; set; }

        public int Left { get; set; }
    }
}

/// <summary>Maps the sequences of <see cref="DocumentNumbers"/>.</summary>
public static class DocumentNumbersExtensions
{
    /// <summary>Adds a sequence for a kind of document. Call it in <c>OnModelCreating</c>.</summary>
    /// <param name="model">The agency's model.</param>
    /// <param name="sequence">Its name, snake_case, for example <c>skck_numbers</c>.</param>
    public static ModelBuilder HasDocumentNumbers(this ModelBuilder model, string sequence)
    {
        model.HasSequence<long>(sequence).StartsAt(1).IncrementsBy(DocumentNumbers.BlockSize);
        return model;
    }
}
