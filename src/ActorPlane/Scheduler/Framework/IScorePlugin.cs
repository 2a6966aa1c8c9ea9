namespace ActorPlane.Scheduler.Framework;

/// <summary>Rates a node that the pod fits on. (Extension points Score and NormalizeScore.)</summary>
public interface IScorePlugin
{
    /// <summary>The highest normalized score of a node.</summary>
    const long MaxScore = 100;

    /// <summary>Higher is better. Called for each node that fits: it must not allocate.</summary>
    long Score(PodInfo pod, NodeInfo node);

    /// <summary>Brings the scores of all nodes that fit into 0 to <see cref="MaxScore"/>, when <see cref="Score"/> does not do so itself.</summary>
    void Normalize(Span<long> scores)
    {
    }

    /// <summary>Scales the highest score to <see cref="MaxScore"/>, or to 0 when <paramref name="reverse"/>. (<c>S/framework/plugins/helper/normalize_score.go</c>.)</summary>
    static void NormalizeToMax(Span<long> scores, bool reverse)
    {
        long max = 0;
        foreach (var score in scores) max = Math.Max(max, score);
        if (max == 0)
        {
            if (reverse) scores.Fill(MaxScore);
            return;
        }

        foreach (ref var score in scores)
        {
            score = MaxScore * score / max;
            if (reverse) score = MaxScore - score;
        }
    }
}
