# The repository's own promises: its two commands, its one entry, its CI.

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $readme = (Get-Content "$root/README.md" -Raw) -replace "`r"
}

Describe 'The two commands' {
    It 'stand in the README word for word: <_>' -ForEach 'Tour', 'Test' {
        $readme | Should -Match "(?m)^dotnet tool restore && dotnet pwsh build\.ps1 $_$"
    }

    It 'are what CI runs' {
        (Get-Content "$root/.ci/run") | Should -Contain 'dotnet tool restore && dotnet pwsh build.ps1 Test'
    }
}

Describe 'build.ps1' {
    BeforeAll {
        $tokens = $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseFile("$root/build.ps1", [ref] $tokens, [ref] $errors)
        $targets = ($ast.ParamBlock.Parameters | Where-Object { $_.Name.VariablePath.UserPath -eq 'Target' }).Attributes |
            Where-Object { $_.TypeName.Name -eq 'ValidateSet' } | ForEach-Object { $_.PositionalArguments.Value }
    }

    It 'says what each target does, and does each' {
        $help = (Get-Help "$root/build.ps1" -Parameter Target).description.Text
        $cases = $ast.FindAll({ $args[0] -is [Management.Automation.Language.SwitchStatementAst] }, $true).Clauses.Item1.Value
        foreach ($target in $targets) {
            $help | Should -Match "(?m)^\s*$target\s+\S" -Because $target
            $cases | Should -Contain $target
        }
    }

    It 'completes its target by Tab' {
        $completion = TabExpansion2 -inputScript "& '$root/build.ps1' " -cursorColumn ("& '$root/build.ps1' ".Length)
        $completion.CompletionMatches.CompletionText | Sort-Object | Should -BeExactly ($targets | Sort-Object)
    }

    It 'is ASCII, or else has a mark, as has each script: Windows PowerShell reads UTF-8 without one as its own code page' {
        $files = Get-ChildItem $root -Recurse -Include *.ps1, *.psm1, *.psd1 | Where-Object FullName -NotMatch '[\\/](out|bin|obj)[\\/]'
        $unmarked = $files | Where-Object {
            $bytes = [IO.File]::ReadAllBytes($_.FullName)
            $isMarked = $bytes.Count -ge 3 -and $bytes[0] -eq 0xef -and $bytes[1] -eq 0xbb -and $bytes[2] -eq 0xbf
            -not $isMarked -and [Text.Encoding]::UTF8.GetString($bytes) -match '[^\x00-\x7f]'
        }
        $unmarked | Should -BeNullOrEmpty
    }
}

Describe 'The root' {
    It 'has one script, and no folder that CONTRIBUTING does not tell of' -Skip:(-not (Get-Command git -ErrorAction Ignore) -or -not (Test-Path "$PSScriptRoot/../../.git")) {
        $tracked = git -C $root ls-files
        $tracked -notmatch '/' -match '\.ps1$' | Should -BeExactly 'build.ps1'
        $folders = $tracked -match '^[^.].*/' -replace '/.*' | Sort-Object -Unique
        $told = [regex]::Matches((Get-Content "$root/CONTRIBUTING.md" -Raw), '(?m)^\| `([a-z]+)/').ForEach{ $_.Groups[1].Value } | Sort-Object -Unique
        $folders | Where-Object { $_ -cnotin $told } | Should -BeNullOrEmpty
    }
}

Describe 'The release' {
    It 'runs scripts that exist, with parameters that they have' {
        $workflow = Get-Content "$root/.github/workflows/release.yml" -Raw
        $scripts = [regex]::Matches($workflow, '[\w./-]+\.ps1|\.ci/run').Value | Sort-Object -Unique
        $scripts | Should -BeExactly '.ci/run', 'build.ps1', 'tools/New-Package.ps1', 'tools/Test-Determinism.ps1'
        foreach ($script in $scripts) { Join-Path $root $script | Should -Exist }
        $known = (Get-Command "$root/tools/New-Package.ps1").Parameters.Keys
        foreach ($name in [regex]::Matches($workflow, 'arguments\+?=\(-(\w+)').ForEach{ $_.Groups[1].Value }) { $known | Should -Contain $name }
    }

    It 'gives no job more rights than it needs: one may write, and only that one has the key of the Gallery' {
        $jobs = (Get-Content "$root/.github/workflows/release.yml" -Raw) -split '(?m)^  (?=\w+:\n)'
        @($jobs -match 'contents: write') | Should -HaveCount 1
        @($jobs -match 'GALLERY_KEY') | Should -BeExactly @($jobs -match 'contents: write')
        @($jobs -match 'SIGNING_PASSWORD') -match 'GALLERY_KEY' | Should -BeNullOrEmpty
    }
}

Describe 'A tool or package' {
    It 'has one exact version' {
        $tools = (Get-Content "$root/.config/dotnet-tools.json" -Raw | ConvertFrom-Json).tools
        foreach ($tool in $tools.PSObject.Properties) { $tool.Value.version | Should -Match '^\d+\.\d+\.\d+$' -Because $tool.Name }
        $packages = [xml](Get-Content "$root/Directory.Packages.props" -Raw)
        foreach ($package in $packages.SelectNodes('//PackageVersion')) { $package.Version | Should -Match '^\d+\.\d+\.\d+$' -Because $package.Include }
        foreach ($project in Get-ChildItem $root -Recurse -Filter *.csproj | Where-Object FullName -NotMatch '[\\/]out[\\/]') {
            Get-Content $project.FullName -Raw | Should -Not -Match '<PackageReference[^>]+ Version=' -Because $project.Name
        }
    }
}
