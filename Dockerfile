# You Were Missed as a container: one process, one configuration file, one volume for the database.
#
#   docker build -t you-were-missed .
#   docker run -v missed:/var/lib/missed -v ./missed.toml:/etc/missed/missed.toml:ro \
#     -e MISSED_MASTODON_TOKEN_FILE=/run/secrets/mastodon_token … you-were-missed

FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements/build.txt requirements/run.txt requirements/
RUN python -m venv /opt/missed \
 && /opt/missed/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/build.txt \
 && /opt/missed/bin/uv pip install --no-cache --python /opt/missed/bin/python --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY adapters adapters
COPY config config
COPY sandbox sandbox
RUN /opt/missed/bin/uv pip install --no-cache --python /opt/missed/bin/python --no-deps --no-build-isolation . \
 && /opt/missed/bin/python -m pip uninstall --yes uv

FROM python:3.12-slim
RUN useradd --system --create-home --home-dir /var/lib/missed missed
COPY --from=build /opt/missed /opt/missed
ENV PATH=/opt/missed/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MISSED_CONFIG=/etc/missed/missed.toml \
    MISSED_DATABASE_URL=sqlite:////var/lib/missed/missed.db
USER missed
WORKDIR /var/lib/missed
VOLUME /var/lib/missed
STOPSIGNAL SIGTERM
ENTRYPOINT ["missed"]
CMD ["run"]
