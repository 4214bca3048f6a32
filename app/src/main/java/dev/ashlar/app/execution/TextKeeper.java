package dev.ashlar.app.execution;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.store.folder.WrittenTexts;
import java.util.List;
import java.util.stream.Collectors;

/// Has the texts kept that are written into files, for whoever is shown a change of them later. A
/// secret is never kept.
final class TextKeeper implements Executor {
    private final Executor inner;
    private final WrittenTexts texts;

    /// Forgets what is nowhere any more.
    ///
    /// @param inner carries out the work
    TextKeeper(Executor inner, WrittenTexts texts, Past past) {
        this.inner = inner;
        this.texts = texts;
        texts.retain(
                past.standing().values().stream()
                        .flatMap(success -> success.owned().stream())
                        .flatMap(owned -> owned.written().stream())
                        .collect(Collectors.toSet()));
    }

    @Override
    public Report execute(Work work, boolean again) {
        Report report = inner.execute(work, again);
        if (work instanceof Work.Apply apply) {
            keep(apply, report);
        }
        return report;
    }

    @Override
    public List<Report> together(List<Work.Apply> works) {
        List<Report> reports = inner.together(works);
        for (int i = 0; i < works.size(); i++) {
            keep(works.get(i), reports.get(i));
        }
        return reports;
    }

    private void keep(Work.Apply apply, Report report) {
        if (report instanceof Report.Done) {
            apply.resources().stream()
                    .filter(TextKeeper::isPublicFile)
                    .forEach(file -> texts.keep(file.bytes("content")));
        }
    }

    private static boolean isPublicFile(Resource resource) {
        return resource.kind() == ResourceKind.FILE && !resource.isSecret("content");
    }
}
